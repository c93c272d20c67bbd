struct State {
  int value;
};

typedef struct {
  const char *name;
  int (*apply)(int, int);
} Operation;

extern Operation operations[2];
void reset(struct State *state);
