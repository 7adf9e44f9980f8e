// Issues the annotations of a JSON file through GitHub's own toolkit: node annotations.mjs FILE
import { readFileSync } from 'node:fs';
import * as core from '@actions/core';

const number = text => (text === undefined ? undefined : Number(text));
for (const { kind, message, properties } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  core[kind](message, {
    title: properties.title,
    file: properties.file,
    startLine: number(properties.line),
    endLine: number(properties.endLine),
    startColumn: number(properties.col),
    endColumn: number(properties.endColumn),
  });
}
