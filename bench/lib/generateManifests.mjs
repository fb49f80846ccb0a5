/** Deployments, Services and ConfigMaps in turns, as one YAML text; none breaks a rule. */
export function generateManifests(count) {
  return Array.from({ length: count }, (_, number) =>
    MANIFESTS[number % MANIFESTS.length](`app-${number}`),
  ).join('---\n');
}

const MANIFESTS = [
  (name) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec:
  replicas: 3
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
      - name: web
        image: registry.example.com/${name}:1.0.0
        env: [{ name: MODE, value: plain }]
        ports: [{ containerPort: 8080 }]
        resources:
          requests: { cpu: 100m, memory: 128Mi }
          limits: { cpu: 200m, memory: 256Mi }
`,
  (name) => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { app: ${name} }
  ports: [{ port: 80, targetPort: 8080 }]
`,
  (name) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop }
data: { LOG_LEVEL: debug, MODE: plain }
`,
];
