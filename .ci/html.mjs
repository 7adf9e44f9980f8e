// Looks at each report of a folder in a browser: axe-core, width, tables for screen readers, and the printed pages.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const folder = process.argv[2];
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const wrong = [];
const squeezed = text => text.replace(/\s+/g, '');

// Width and colours at which each report is looked at with axe; the small one with everything in it at all of them.
const everywhere = [1280, 768, 320].flatMap(width => ['light', 'dark'].map(scheme => [width, scheme]));
const looks = {
  'hostile.html': everywhere,
  'empty.html': [[320, 'light']],
  'gaps.html': [[320, 'dark']],
  'lapsed.html': [[1280, 'light']],
  'clean.html': [[1280, 'dark']],
  'new.html': [[320, 'light']],
  'compared.html': everywhere,
  'unchanged.html': [[320, 'dark']],
  'over-time.html': [[1280, 'light'], [320, 'dark']],
};

// Those that hold everything, nothing, and the most folded places.
const printed = new Set(['hostile.html', 'empty.html', 'lapsed.html', 'compared.html', 'over-time.html']);

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function opened(file, width, scheme) {
  const page = await browser.newPage();
  await page.setBypassCSP(true); // axe is a script, and the report allows none
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(`file://${join(folder, file)}`);
  return page;
}

async function accessible(file, width, scheme) {
  const page = await opened(file, width, scheme);
  await page.evaluate(() => document.querySelectorAll('details').forEach(each => { each.open = true; }));
  await page.evaluate(axe);
  // axe cannot tell what lies behind a text of a drawing; these are ink and soft on paper, whose contrast pytest holds.
  const found = await page.evaluate(
    () => axe.run({ exclude: [['.plot']] }, { resultTypes: ['violations', 'incomplete'] }),
  );
  for (const each of [...found.violations, ...found.incomplete]) {
    wrong.push(`${file} ${width} ${scheme}: ${each.id}, ${each.nodes.length} times, as in ${each.nodes[0].html}`);
  }
  await page.close();
}

async function fits(page, file) {
  for (const width of [1280, 768, 320]) {
    await page.setViewport({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) wrong.push(`${file}: ${wide} px too wide at ${width}`);
  }
}

function tally(node, roles = {}) {
  roles[node.role] = (roles[node.role] ?? 0) + 1;
  (node.children ?? []).forEach(child => tally(child, roles));
  return roles;
}

// Rows that become blocks on a phone have to stay rows to a screen reader.
async function tables(page, file) {
  const drawn = await page.evaluate(() => ({
    table: document.querySelectorAll('table').length,
    row: document.querySelectorAll('tr').length,
    rowheader: document.querySelectorAll('tbody th').length,
  }));
  const told = tally(await page.accessibility.snapshot({ interestingOnly: false }));
  for (const role of Object.keys(drawn)) {
    if ((told[role] ?? 0) !== drawn[role]) wrong.push(`${file}: ${drawn[role]} of ${role}, ${told[role]} told at 320 px`);
  }
}

// Folds are closed on the page as it is opened, and all that they hold has to be on paper.
async function prints(page, file) {
  const name = join(folder, `${file}.pdf`);
  writeFileSync(name, await page.pdf({ preferCSSPageSize: true, printBackground: true, timeout: 120_000 }));
  const pages = execFileSync('pdftotext', ['-layout', name, '-'], { encoding: 'utf8', maxBuffer: 1e8 }).split('\f');
  pages.pop();
  pages.forEach((text, at) => {
    if (!squeezed(text).endsWith(`${at + 1}/${pages.length}`)) wrong.push(`${file}: no page number on page ${at + 1}`);
  });
  const flowing = execFileSync('pdftotext', ['-raw', name, '-'], { encoding: 'utf8', maxBuffer: 1e8 });
  const paper = squeezed(flowing);
  const held = await page.evaluate(() => {
    const texts = selector => [...document.querySelectorAll(selector)].map(each => each.textContent);
    return [...texts('.gap dd code'), ...texts('.changes code'), ...texts('.more .about'), ...texts('.fallen a')];
  });
  const lost = held.filter(text => !paper.includes(squeezed(text)));
  if (lost.length) wrong.push(`${file}: ${lost.length} of ${held.length} texts are not on paper, as ${lost[0]}`);
  return pages.length;
}

for (const file of readdirSync(folder).filter(each => each.endsWith('.html')).sort()) {
  for (const [width, scheme] of looks[file]) await accessible(file, width, scheme);
  const page = await opened(file, 1280, 'dark');
  const pages = printed.has(file) ? ` on ${await prints(page, file)} pages` : '';
  await page.evaluate(() => document.querySelectorAll('details').forEach(each => { each.open = true; }));
  await fits(page, file);
  await tables(page, file);
  await page.close();
  console.log(`${file}${pages}`);
}
await browser.close();
wrong.forEach(each => console.error(each));
process.exit(wrong.length ? 1 : 0);
