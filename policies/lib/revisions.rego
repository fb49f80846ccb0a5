# Which revisions and versions move without a commit to the repository that names them.
package hydrant.lib.revisions

# Of a Git repository: its default branch, or a branch of a usual name.
moves_in_git(revision) if revision in {"", "HEAD"}

moves_in_git(revision) if startswith(revision, "refs/heads/")

moves_in_git(revision) if regex.match(`^(main|master|trunk|develop|development|dev|staging|stage|production|prod|release|next|stable)$`, revision)

moves_in_git(revision) if is_range(revision)

# Of a chart: none at all, or a range.
moves_in_registry("")

moves_in_registry(version) if is_range(version)

# Constraints of Masterminds/semver: 1.x, ~1.2, ^1.0.0, >=1.0 <2, 1.2 - 1.4, 1, 1.2.
is_range(version) if regex.match(`[*^~<>=|,]|\s-\s`, version)

is_range(version) if regex.match(`^v?\d+(\.\d+)?(\.[xX])?$`, version)

is_range(version) if regex.match(`^v?[xX](\.[xX])*$`, version)

is_range(version) if regex.match(`^v?\d+\.[xX](\.[xX])?$`, version)

# The repository under review: what moves there, moves by a reviewed commit.
is_own(url) if {
	some known in data.hydrant.repository.addresses
	address(url) == known
}

# Host and path alone: https://git@Example.com:8443/a/b.git and git@example.com:a/b are one.
address(url) := trim_suffix(with_path, ".git") if {
	bare := regex.replace(lower(trim_suffix(url, "/")), `^([a-z+]+://)?([^@/]*@)?`, "")
	without_port := regex.replace(bare, `^([^/:]+):[0-9]+/`, "$1/")
	with_path := regex.replace(without_port, `^([^/:]+):/?`, "$1/")
}
