import type { JsonObject } from '../jsonObject.ts';
import { readKubernetesSchemas, SUPPORTED_KUBERNETES_VERSIONS } from '../kubernetesSchemas.ts';
import { shippedIndex, shippedProject } from '../shippedFiles.ts';
import { strictRootSchema, strictSchema } from '../strictSchema.ts';
import { makeValidators } from './makeValidators.ts';
import { type Made, READY_FOLDER, writeReady } from './readyFile.ts';
import { READY_PROJECTS } from './readyProjects.ts';
import { ValidatorTexts } from './validatorTexts.ts';

/** What validators are written of: all versions of Kubernetes, and the projects that most use. */
const ALL: Written = { versions: SUPPORTED_KUBERNETES_VERSIONS, projects: READY_PROJECTS };

interface Written {
  readonly versions: readonly string[];
  readonly projects: readonly string[];
}

/** Writes the validators of Kubernetes' kinds, and of kinds of the catalogue: a part of the build. */
export async function writeValidators(
  folder = READY_FOLDER,
  { versions, projects }: Written = ALL,
): Promise<void> {
  const maker = new ValidatorTexts();
  for (const minor of versions) {
    writeReady(`kubernetes-${minor}`, await kubernetesValidators(minor, maker), folder);
  }
  for (const project of projects) writeReady(project, projectValidators(project, maker), folder);
}

/** The validators of all kinds of a minor version of Kubernetes. */
async function kubernetesValidators(minor: string, maker: ValidatorTexts): Promise<Made> {
  const { kinds, definitions, text } = await readKubernetesSchemas(minor);
  const strict = (name: string): [string, JsonObject] => [name, strictSchema(definitions[name], 'built-in')];
  const schemas = new Map(Object.values(kinds).map(strict));
  return { schemas: text, ...makeValidators({ definitions, schemas, isInside: () => true }, maker) };
}

/** The validators of all kinds of a project of the catalogue; what they take of Kubernetes is not theirs. */
function projectValidators(project: string, maker: ValidatorTexts): Made {
  const names = Object.entries(shippedIndex()).flatMap(([name, file]) => (file === project ? [name] : []));
  const shipped = shippedProject(names[0] ?? '');
  if (shipped === undefined) throw new Error(`the catalogue has no ${project}`);
  const { shared, version, text } = shipped;
  const strict = (name: string): [string, JsonObject] => [
    name,
    strictRootSchema(version(name)?.schema, shared),
  ];
  const schemas = new Map(names.map(strict));
  const isInside = (name: string) => shared.get(name) !== undefined;
  return { schemas: text, ...makeValidators({ definitions: {}, shared, schemas, isInside }, maker) };
}
