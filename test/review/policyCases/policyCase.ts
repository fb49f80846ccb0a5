/** A built-in rule, a manifest that it finds fault with, and one that it does not. */
export interface PolicyCase {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** The folder's environment, where the rule asks for one. */
  readonly environment?: string;
  readonly bad: string;
  /** What stands on the line of the finding in the bad manifest. */
  readonly line: string;
  readonly good: string;
  /** The file with that line; the manifest's by default. */
  readonly file?: 'kustomization.yaml';
  /** False: the kustomization sets no namespace. */
  readonly placed?: boolean;
}

/** A Pod with lines in its spec, and in its one container. */
export function pod(spec: string, container = ''): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
${indented(spec, 2)}  containers:
    - name: app
      image: example.com/app:1.2.3
${indented(container, 6)}`;
}

/** A Pod whose one container has a security context. */
export function secured(context: string): string {
  return pod('', `securityContext:\n  ${context}`);
}

function indented(text: string, by: number): string {
  return text === '' ? '' : `${text.replaceAll(/^/gm, ' '.repeat(by))}\n`;
}
