// SPDX-License-Identifier: MIT
// Hello in C++: streams, a container, an exception, and that globals are there before main().
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Greeter {
	std::vector<std::string> words{"Hello", "from", "C++"};
};
Greeter greeter;

void refuse(int number)
{
	throw std::runtime_error("refused: " + std::to_string(number));
}

}

int main()
{
	for (const std::string &word : greeter.words)
		std::cout << word << (&word == &greeter.words.back() ? "!\n" : " ");
	try {
		refuse(42);
	} catch (const std::exception &error) {
		std::cout << error.what() << std::endl;
	}
	return 0;
}
