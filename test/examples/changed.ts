import type { EnginePool } from '../../src/engine/pool.ts';
import { packageFile } from '../../src/model/packageFile.ts';
import type { Review } from '../../src/model/review.ts';
import { reviewRepository } from '../../src/review/reviewRepository.ts';
import { ownPair } from '../helpers/ownCommits.ts';
import { readFolder, type TestFiles } from '../helpers/repository.ts';
import { watchReview } from '../review/reviewed.ts';

/** A text of a file of the example, and what stands in its place at the head. */
export interface Edit {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** Reviews edits of `examples/gitops-repo`. @throws where a file no longer has the text. */
export async function reviewEdits(engine: EnginePool, edits: readonly Edit[]): Promise<Review> {
  const files = await readFolder(packageFile('examples/gitops-repo'));
  const review = await reviewRepository({ ...(await ownPair(files, edited(files, edits))), engine });
  watchReview(review);
  return review;
}

/** `target: change Kind/name`, one for each changed resource. */
export function changesOf({ changes }: Review): string[] {
  return changes.map(
    ({ target, change, resource }) => `${target}: ${change} ${resource.kind}/${resource.name}`,
  );
}

function edited(files: TestFiles, edits: readonly Edit[]): TestFiles {
  return Object.fromEntries(
    edits.map(({ path, from, to }) => {
      const content = files[path];
      const text = content instanceof Uint8Array ? Buffer.from(content).toString() : '';
      if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`);
      return [path, text.replace(from, to)];
    }),
  );
}
