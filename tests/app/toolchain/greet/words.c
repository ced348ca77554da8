// SPDX-License-Identifier: MIT
// Words for greet, from a library; counts per thread how often it was asked.
static _Thread_local int asked;

const char *word(int number)
{
	static const char *const words[] = { "hello", "world" };

	asked++;
	return words[number & 1];
}
