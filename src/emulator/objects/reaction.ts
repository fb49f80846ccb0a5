import type { Reaction, World } from '../world.ts';
import { type Json, nodeId } from './json.ts';
import { userObject } from './user.ts';

/** https://docs.github.com/rest/reactions/reactions */
export function reactionObject(world: World, { id, user, content, createdAt }: Reaction): Json {
  return {
    id,
    node_id: nodeId('Reaction', id),
    user: userObject(world, user),
    content,
    created_at: createdAt,
  };
}

const CONTENTS = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

/** How many of each there are. @param subject the address of what they are to. */
export function reactionsRollup(subject: string, reactions: readonly Reaction[]): Json {
  const counts = CONTENTS.map((content) => [
    content,
    reactions.filter((reaction) => reaction.content === content).length,
  ]);
  return {
    url: `${subject}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(counts),
  };
}
