'use strict';

// The tutorial's app: it says hello, which Pod it runs in and which version it
// is, and writes one line for each request to stdout, where `kubectl logs` reads.
//
//   APP_VERSION  what it calls itself, "v1" from the image
//   PORT         where it listens, 8080; 0 for any free port
//   DATA_FILE    a file whose content it publishes after the greeting; another
//                container of the Pod writes it. Until it exists the app is not
//                ready.

const fs = require('fs');
const http = require('http');
const os = require('os');

const pod = os.hostname();
const version = (process.env.APP_VERSION || 'v1').replace(/^v/, '');
const port = Number(process.env.PORT || 8080);
const dataFile = process.env.DATA_FILE || '';
const startedAt = new Date();
let requests = 0;

function log(...fields) {
  console.log(fields.join(' | '));
}

// data gives what the Pod's other container has written, or null while there is
// nothing yet.
function data() {
  if (!dataFile) {
    return '';
  }
  try {
    return fs.readFileSync(dataFile, 'utf8');
  } catch (err) {
    if (err.code === 'ENOENT') {
      return null;
    }
    throw err;
  }
}

function answer(request) {
  const text = data();
  if (text === null) {
    return [503, `Nothing to publish yet: ${dataFile} does not exist\n`];
  }
  // The readiness probe asks here. It is neither counted nor logged, so that the
  // log shows the reader's own requests.
  if (request.url === '/healthz') {
    return [200, 'ok\n'];
  }
  requests += 1;
  const uptime = ((Date.now() - startedAt.getTime()) / 1000).toFixed(1);
  log(`Running On: ${pod}`, `Total Requests: ${requests}`, `App Uptime: ${uptime} seconds`, `Log Time: ${new Date().toISOString()}`);
  return [200, `Hello Kubernetes bootcamp! | Running on: ${pod} | v=${version}\n${text}`];
}

const server = http.createServer((request, response) => {
  let status, body;
  try {
    [status, body] = answer(request);
  } catch (err) {
    [status, body] = [500, `${err.message}\n`];
    console.error(err.message);
  }
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(body);
});

// As the container's first process the app gets no default signal handling:
// without this, stopping it would take the whole grace period.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    log(`Stopping On: ${pod}`, `Signal: ${signal}`, `Total Requests: ${requests}`);
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}

server.on('error', (err) => {
  console.error(`Can't listen on port ${port}: ${err.message}`);
  process.exit(1);
});

server.listen(port, () => {
  log(`Kubernetes Bootcamp App Started At: ${startedAt.toISOString()}`, `Running On: ${pod}`, `Version: v${version}`, `Port: ${server.address().port}`);
});
