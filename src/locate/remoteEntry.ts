import { field, items, linesOf, type SourceFile, textField, textOf } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { table } from '../model/table.ts';

/** The lists of a kustomization that lead to files and folders. */
const LISTS = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators'];

/** The lists of charts, with the field that has the chart's name. */
const CHARTS = table<string>({
  helmCharts: 'name',
  helmChartInflationGenerator: 'chartName',
});

/** The line of a kustomization that leads to another place; null where it does not say so, or more than once. */
export function placeOfEntry(file: SourceFile, entry: string): Location | null {
  const found = file.documents.flatMap((document) => {
    const listOf = (name: string) => items(field(document.contents, name));
    return [
      ...LISTS.flatMap(listOf).filter((node) => textOf(node) === entry),
      ...Object.entries(CHARTS).flatMap(([list, name]) =>
        listOf(list)
          .filter((chart) => textField(chart, name) === entry)
          .flatMap((chart) => field(chart, name) ?? []),
      ),
    ];
  });
  const [node] = found;
  return node === undefined || found.length > 1 ? null : linesOf(file, node);
}
