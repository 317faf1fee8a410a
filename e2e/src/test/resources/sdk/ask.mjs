// Asks an agent type and prints what comes: ask.mjs BASE_URL TYPE whole|streamed.
import OpenAI from "openai";

const [baseURL, model, how] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "any" });
const messages = [{ role: "user", content: "How much memory does the coding agent get?" }];
try {
  if (how === "streamed") {
    for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
      process.stdout.write(chunk.choices[0].delta.content ?? "");
    }
  } else {
    console.log((await client.chat.completions.create({ model, messages })).choices[0].message.content);
  }
} catch (error) {
  if (!(error instanceof OpenAI.APIError)) throw error;
  console.log(`raised ${error.constructor.name} ${error.status ?? "-"} ${error.code}: ${error.message}`);
}
