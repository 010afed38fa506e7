/** `eslint-disable` has to say why: `// eslint-disable-next-line no-console -- the one place that warns`. */
export const describedDirectives = {
  rules: {
    'described-directives': {
      meta: { type: 'suggestion', schema: [], messages: { why: 'Say why after `--`.' } },
      create: (context) => ({
        Program() {
          for (const comment of context.sourceCode.getAllComments()) {
            const isBare = /^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value);
            if (isBare) context.report({ loc: comment.loc, messageId: 'why' });
          }
        },
      }),
    },
  },
};
