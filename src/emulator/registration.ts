import type { Registration } from './world.ts';

/** What Hydrant asks for when nothing else is said. */
export const REGISTRATION: Registration = {
  permissions: {
    checks: 'write',
    contents: 'read',
    issues: 'write',
    merge_queues: 'read',
    metadata: 'read',
    pull_requests: 'write',
  },
  events: ['check_run', 'check_suite', 'issue_comment', 'merge_group', 'pull_request'],
};
