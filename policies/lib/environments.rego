# Which names mean production.
package hydrant.lib.environments

# True where the target is applied to a production environment.
production if is_production(data.hydrant.target.environment)

# True for `production`, `apps/prod-eu` and the like: the word stands between separators.
is_production(name) if regex.match(`(^|[-_./])(production|prod|prd)([-_./]|$)`, lower(name))

is_production(name) if lower(name) == "live"
