import { Marked } from 'marked';

/**
 * The elements that Markdown becomes, without their text, and everything that GitHub would
 * link or notify outside of code. Equal for two comments of which one only has other words.
 */
export function elementsOf(markdown: string): string[] {
  const html = new Marked({ gfm: true }).parse(markdown, { async: false });
  const tags = html.match(/<!--[\s\S]*?-->|<\/?[a-zA-Z][^>]*>/g) ?? [];
  const outside = html.replace(/<(code|pre)\b[^>]*>[\s\S]*?<\/\1>/g, '<$1/>');
  const words = decode(outside.replace(/<[^>]*>/g, '\u0000'));
  return [
    // Words that would have an effect are put into code, where they have none.
    ...tags
      .filter((tag) => !/^<\/?code>$/.test(tag))
      .map((tag) =>
        tag
          .replace(/(?<=^<!-- hydrant:told )[\w-]+(?= -->$)/, '')
          .replace(/ href="https:\/\/github\.com\/acme\/gitops\/blob\/a{40}\/[^"]*"/, ' href'),
      ),
    ...(words.match(/@[\w-]|#\d|\bGH-\d|:\/\/|\bwww\.|:[\w+-]+:|\b[0-9a-f]{7,40}\b/gi) ?? []),
  ];
}

function decode(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
