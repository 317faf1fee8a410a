"""Asks an agent type and prints what comes: ask.py BASE_URL TYPE whole|streamed."""
import sys

from openai import APIError, OpenAI

base_url, agent_type, how = sys.argv[1:]
client = OpenAI(base_url=base_url, api_key="any")
question = [{"role": "user", "content": "How much memory does the coding agent get?"}]
try:
    if how == "streamed":
        for chunk in client.chat.completions.create(model=agent_type, messages=question, stream=True):
            print(chunk.choices[0].delta.content or "", end="", flush=True)
    else:
        print(client.chat.completions.create(model=agent_type, messages=question).choices[0].message.content)
except APIError as error:
    print(f"raised {type(error).__name__} {getattr(error, 'status_code', '-')} {error.code}: {error.message}")
