// expected-error@+1 {{a thing is expected here}}
