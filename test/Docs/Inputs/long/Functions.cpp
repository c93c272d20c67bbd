#include <functional>

// Braces in comments open nothing: {{{ /*
static const char *text = R"x({ // )" { )x"
                          "}{\"{ /* ";
static const char brace = '{';
#define OPEN {

extern "C" int fits() {
  return 1'000'000 +
         1 + // times 116
         1;
}

extern "C" int tooLong() {
  return 1'000'000 +
         1 + // times 117
         1;
}

enum Kind {
  Member, // times 130
};

static const int table[] = {
    1, // times 130
};

namespace outer::inner {
template <typename T, typename = void>
class Class : public std::function<void(T)> {
public:
  Class() : first{1}, second(T{2}) {
    step(); // times 117
  }

  explicit Class(const T &argument, Kind kind = {})
      : first{1}, second(argument) {
    step(); // times 118
  }

  int first; // times 130
  T second;

  bool operator<(const Class<T> &other) const {
    struct Local {
      void f() {
        step(); // times 59
      }
      void g() {
        step(); // times 59
      }
    };
    return false;
  }

protected:
  void step();
};
} // namespace outer::inner

struct Row {
  int number;
  std::function<int(int)> function;
};

static const Row rows[] = {
    {1, [](int number) { return number; }}, // times 130
    {2,
     [&](int number) -> int {
       number++; // times 119
     }},
};
