import type { Credentials } from './credentials.ts';
import { DockerConfig, dockerFolder } from './dockerConfig.ts';
import { HelmRepositoriesFile, repositoriesFile } from './helmRepositoriesFile.ts';

export interface MachineCredentialsOptions {
  readonly env: NodeJS.ProcessEnv;
  /** True: Docker's credential helpers may be run. */
  readonly runsHelpers: boolean;
  /** The login of Git repositories that a token opens; none by default. */
  readonly gitRepository?: Credentials['gitRepository'] | undefined;
}

/** The credentials of this machine, where Docker and Helm have them. */
export function machineCredentials({
  env,
  runsHelpers,
  gitRepository = async () => undefined,
}: MachineCredentialsOptions): Credentials {
  const docker = new DockerConfig(env, { runsHelpers });
  const helm = new HelmRepositoriesFile(env);
  return {
    registry: (host) => docker.loginOf(host),
    helmRepository: (address) => helm.loginOf(address),
    helmRepositoryNamed: (name) => helm.addressOf(name),
    gitRepository,
  };
}

/** Where the credentials of this machine are: a folder of Docker's, a file of Helm's. */
export function credentialFiles(env: NodeJS.ProcessEnv): readonly string[] {
  return [dockerFolder(env), repositoriesFile(env)];
}
