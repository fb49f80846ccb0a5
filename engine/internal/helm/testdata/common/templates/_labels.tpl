{{- define "common.labels" -}}
common: {{ .Chart.Name | quote }}
{{- end }}
