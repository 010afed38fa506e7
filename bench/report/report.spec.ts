import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grouped, told } from './figures.ts';
import { drawPlot } from './plot.ts';
import { quantile, ratioOfNeighbours, spread } from './statistics.ts';
import { drawMarkdown, drawText, type Table } from './table.ts';

describe('the statistics', () => {
  it('find the middle of an odd and an even number of figures, in any order', () => {
    assert.equal(spread([9, 1, 5]).median, 5);
    assert.equal(spread([4, 1, 3, 2]).median, 2.5);
  });

  it('lay eight of ten figures between the tenth and the ninetieth percentile', () => {
    const figures = Array.from({ length: 11 }, (_, index) => 10 - index);
    assert.deepEqual(spread(figures), { median: 5, p10: 1, p90: 9 });
  });

  it('take a place between two figures in proportion', () => {
    assert.equal(quantile([0, 10], 0.25), 2.5);
    assert.equal(quantile([7], 0.9), 7);
  });

  it('compare each figure with the one beside it, and not with the median of all', () => {
    assert.equal(ratioOfNeighbours([20, 60, 1000], [10, 20, 1000]), 2);
  });

  it('refuse nothing, and figures that have no neighbour', () => {
    assert.throws(() => spread([]), /no figures/);
    assert.throws(() => ratioOfNeighbours([1, 2], [1]), /neighbour/);
  });

  it('leave the figures as they were', () => {
    const figures = [3, 1, 2];
    spread(figures);
    assert.deepEqual(figures, [3, 1, 2]);
  });
});

describe('a figure in a table', () => {
  it('tells its median before its spread', () => {
    assert.equal(told({ median: 1.5, p10: 1, p90: 2.25 }), '1.50 (1.00–2.25)');
    assert.equal(told(spread([1.5])), '1.50');
    assert.equal(grouped(100_000), '100,000');
  });
});

describe('a table', () => {
  it('is drawn in columns for a terminal, its figures to the right', () => {
    assert.equal(drawText(TABLE), 'Speed\n\n          ns   ×\n  bare     9   1\n  ours   120   2\n\n  Note.');
  });

  it('is drawn in columns for a page, and a bar in a cell stays in its cell', () => {
    const table = { ...TABLE, rows: [['a|b', '1', '2']] };
    assert.equal(
      drawMarkdown(table),
      '|      |  ns |   × |\n| ---- | --: | --: |\n| a\\|b |   1 |   2 |\n\nNote.',
    );
  });
});

describe('the plot', () => {
  it('puts what does more to the right, and what costs more higher', () => {
    const [cheap, dear] = centres(drawPlot([point('cheap', 1, 1.5), point('dear', 5, 15)], 8));
    assert.ok(cheap && dear);
    assert.ok(dear.x > cheap.x);
    assert.ok(dear.y < cheap.y);
  });

  it('keeps the names of neighbours apart', () => {
    const drawn = drawPlot([point('one', 3, 2), point('another', 3, 2.01)], 8);
    const [first = 0, second = 0] = ['one', 'another'].map((name) => heightOf(name, drawn));
    assert.ok(Math.abs(first - second) >= 15);
  });

  it('writes a name to the left where another dot would be under it', () => {
    const drawn = drawPlot([point('a long name', 3, 2), point('b', 4, 2)], 8);
    assert.match(drawn, /text-anchor="end" fill="#1d2329">a long name</);
    assert.match(drawn, /text-anchor="start" fill="#1d2329">b</);
  });

  it('draws a name as it is written', () => {
    assert.match(drawPlot([point('<a> & b', 1, 2)], 8), />&lt;a> &amp; b</);
  });
});

const TABLE: Table = {
  title: 'Speed',
  columns: ['', 'ns', '×'],
  rows: [
    ['bare', '9', '1'],
    ['ours', '120', '2'],
  ],
  notes: ['Note.'],
};

function point(name: string, x: number, y: number) {
  return { name, x, y, isOurs: false };
}

function centres(svg: string) {
  return [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
}

function heightOf(name: string, svg: string): number {
  return Number(new RegExp(`y="([\\d.]+)"[^>]*>${name}<`).exec(svg)?.[1]);
}
