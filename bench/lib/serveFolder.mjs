// Serves a folder on this machine, from a process of its own, since the bench waits for the
// programs that it measures.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const SERVER = `
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
const server = createServer((request, response) => {
  const file = createReadStream(join(process.argv[1], basename(request.url)));
  file.on('error', () => response.writeHead(404).end());
  file.pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`;

/** @returns {Promise<{ address: string, close: () => void }>} */
export async function serveFolder(folder) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SERVER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { address: line.trim(), close: () => child.kill() };
}
