module {
  "some.table"() ({
    "some.thing"() : () -> ()
  }) : () -> ()
}
