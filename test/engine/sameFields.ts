import type { Messages } from '../../src/engine/protocol/messages.ts';
import type { EngineFields } from './engineFields.ts';
import type { FieldsOf } from './fieldsOf.ts';

/** Fields that one side alone has, by the method and the side; each is a text of {@link FieldsOf}. */
type Different = {
  [Method in keyof Messages | keyof EngineFields]: Method extends keyof Messages & keyof EngineFields
    ?
        | Only<'client', Method, FieldsOf<Messages[Method]['params']>, EngineFields[Method]['params']>
        | Only<'client', Method, FieldsOf<Messages[Method]['reply']>, EngineFields[Method]['reply']>
        | Only<'engine', Method, EngineFields[Method]['params'], FieldsOf<Messages[Method]['params']>>
        | Only<'engine', Method, EngineFields[Method]['reply'], FieldsOf<Messages[Method]['reply']>>
    : `${Method}: a method of one side alone`;
}[keyof Messages | keyof EngineFields];

type Only<Side extends string, Method extends string, One, Other> =
  Exclude<One, Other> extends infer Field extends string ? `${Method}, ${Side} only: ${Field}` : never;

/** The compiler refuses this where the two sides differ, and its message has the first difference. */
export const differences: Record<Different, never> = {};
