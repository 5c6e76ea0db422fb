// Judges pages as Mozilla's HTTP Observatory does, with all of its tests and its scale.
//
// Its own `scan` takes no port, no path and no page that says 404. What it does between
// fetching and grading is repeated here: from 90 points on, extra credit counts.
//
// In: {package, name, http, https, pages: [{path, cookie, sets}]}. Out: [{…}, …].

import dns from "node:dns";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const asked = JSON.parse(readFileSync(0, "utf8"));
const source = (file) => import(pathToFileURL(`${asked.package}/src/${file}`).href);
const { retrieve } = await source("retriever/retriever.js");
const { ALL_TESTS } = await source("constants.js");
const { getGradeForScore, getScoreModifier } = await source("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await source("grader/charts.js");

// Whatever is asked for by name is this machine: nothing is asked of any other.
dns.lookup = (_name, options, done) =>
  options.all
    ? done(null, [{ address: "127.0.0.1", family: 4 }])
    : done(null, "127.0.0.1", 4);

async function judged({ path, cookie, sets }) {
  const headers = ["Accept: text/html,*/*;q=0.8"];
  if (cookie) headers.push(`Cookie: ${cookie}`);
  const { name, http, https } = asked;
  const found = await retrieve(name, { path, headers, httpPort: http, httpsPort: https });
  if (!found.responses.auto) throw new Error(`${path}: no answer`);
  for (const line of sets) {
    await found.session.jar.setCookie(line, `https://${name}/`);
  }
  const results = ALL_TESTS.map((test) => test(found));
  const points = results.map((one) => getScoreModifier(one.result));
  const lost = 100 + points.filter((one) => one < 0).reduce((a, b) => a + b, 0);
  const all = 100 + points.reduce((a, b) => a + b, 0);
  const score = lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost;
  return {
    status: found.responses.auto.status,
    score,
    grade: getGradeForScore(score).grade,
    failed: results.filter((one) => !one.pass).map((one) => one.result),
    points: Object.fromEntries(results.map((one, i) => [one.result, points[i]])),
  };
}

const answers = [];
for (const page of asked.pages) answers.push(await judged(page));
process.stdout.write(JSON.stringify(answers));
