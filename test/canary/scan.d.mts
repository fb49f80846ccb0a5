export declare const MARKER: string;
export declare function findCanaries(
  text: string,
): { form: 'plain' | 'hex' | 'bytes' | 'base64'; line: number }[];
export declare function withoutCanaries(line: string): string;
