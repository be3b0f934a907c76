// A rule for markdownlint: in a paragraph, each sentence has a line of its own, so that a diff shows the sentences that changed.
// Tables and headings are not paragraphs; code spans and the marks before a paragraph do not count.

const codeSpan = /`[^`]*`/g;
const marksBefore = /^(?:\s|>|[-*+] |\d+[.)] )*/;
const abbreviation = /\b(?:e\.g|i\.e|etc|vs)\.$/i;
const endInside = /[.!?]["'”’)*_\]]*(?=\s+["'“‘(*_[<]*[\p{L}\p{N}])/gu;
const endOfLine = /[.!?:;…]["'”’)*_\]]*$/u;

const paragraphs = (tokens) =>
  tokens.flatMap((token) => (token.type === "paragraph" ? [token] : paragraphs(token.children)));

const hasTwo = (text) =>
  [...text.matchAll(endInside)].some((match) => !abbreviation.test(text.slice(0, match.index + 1)));

export default {
  names: ["one-sentence-a-line"],
  description: "Each sentence of a paragraph is one line",
  tags: ["paragraphs"],
  parser: "micromark",
  function: (params, onError) => {
    for (const { startLine, endLine } of paragraphs(params.parsers.micromark.tokens)) {
      for (let lineNumber = startLine; lineNumber <= endLine; lineNumber++) {
        const text = params.lines[lineNumber - 1].replace(marksBefore, "").replace(codeSpan, "code").trimEnd();
        if (hasTwo(text)) {
          onError({ lineNumber, detail: "the line has two sentences: begin a new line for the second" });
        }

        if (lineNumber < endLine && !endOfLine.test(text)) {
          onError({ lineNumber, detail: "the sentence continues on the next line: join the lines" });
        }
      }
    }
  },
};
