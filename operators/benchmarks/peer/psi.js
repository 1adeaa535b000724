// One round of the peer: client.createRequest, server.processRequest and client.getIntersection of @openmined/psi.js over
// batches of 1024 until `milliseconds` of CPU time are spent. Prints microseconds of CPU time per element as JSON.
'use strict';

const PSI = require('@openmined/psi.js');

const BATCH = 1024;
const budget = Number(process.argv[2]) * 1000;

function cpuMicros(run) {
  const before = process.cpuUsage();
  const result = run();
  const spent = process.cpuUsage(before);
  return { result, micros: spent.user + spent.system };
}

(async () => {
  const psi = await PSI();
  const client = psi.client.createWithNewKey(true);
  const server = psi.server.createWithNewKey(true);
  const elements = Array.from({ length: BATCH }, (_, i) => `somebody${i}@example.com`);
  // One element on the server's side: building its set is no part of the path.
  const setup = server.createSetupMessage(0.001, BATCH, [elements[7]]);

  function batch() {
    const request = cpuMicros(() => client.createRequest(elements));
    const response = cpuMicros(() => server.processRequest(request.result));
    const found = cpuMicros(() => client.getIntersection(setup, response.result));
    if (!found.result.includes(7)) {
      throw new Error('the intersection lacks its element');
    }
    return [request.micros, response.micros, found.micros];
  }

  // The first batch pays for the compilation of the module.
  batch();
  const total = [0, 0, 0];
  let batches = 0;
  do {
    batch().forEach((micros, step) => (total[step] += micros));
    batches++;
  } while (total[0] + total[1] + total[2] < budget);
  const [blind, evaluate, unblind] = total.map((micros) => micros / batches / BATCH);
  console.log(JSON.stringify({ blind, evaluate, unblind, path: blind + evaluate + unblind }));
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
