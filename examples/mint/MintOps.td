//===- MintOps.td - The dialect of the language -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What the language has and no other dialect says: structs, interfaces, function
// values and closures. Integers are those of arith, control flow is that of cf.
//
//===----------------------------------------------------------------------===//

#ifndef MINT_OPS_TD
#define MINT_OPS_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/CallInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Mint_Dialect : Dialect {
  let name = "mint";
  let cppNamespace = "::mint";
  let useDefaultTypePrinterParser = 1;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

class Mint_Type<string name, string typeMnemonic> : TypeDef<Mint_Dialect, name> {
  let mnemonic = typeMnemonic;
}

class Mint_NamedType<string name, string typeMnemonic>
    : Mint_Type<name, typeMnemonic> {
  let parameters = (ins "::mlir::StringAttr":$name);
  let assemblyFormat = "`<` $name `>`";
}
def Mint_StructType : Mint_NamedType<"Struct", "struct"> {
  let summary = "reference to a struct";
}
def Mint_InterfaceType : Mint_NamedType<"Interface", "interface"> {
  let summary = "reference to something with an interface";
}

class Mint_CallableType<string name, string typeMnemonic>
    : Mint_Type<name, typeMnemonic> {
  let parameters = (ins "::mlir::FunctionType":$type);
  let assemblyFormat = "`<` $type `>`";
}
def Mint_FnType : Mint_CallableType<"Fn", "fn"> {
  let summary = "pointer to a function";
}
def Mint_ClosureType : Mint_CallableType<"Closure", "closure"> {
  let summary = "function with captured values";
}

def Mint_CellType : Mint_Type<"Cell", "cell"> {
  let summary = "place of a variable or field";
  let parameters = (ins "::mlir::Type":$type);
  let assemblyFormat = "`<` $type `>`";
}
def Mint_EnvType : Mint_Type<"Env", "env"> {
  let summary = "what a closure's body has of its captures";
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

class Mint_Op<string mnemonic, list<Trait> traits = []>
    : Op<Mint_Dialect, mnemonic, traits>;

def Mint_InterfaceOp : Mint_Op<"interface", [Symbol]> {
  let summary = "interface with the types of its methods";
  let arguments = (ins SymbolNameAttr:$sym_name, StrArrayAttr:$methods,
                       TypeArrayAttr:$types);
  let assemblyFormat = "$sym_name $methods `:` $types attr-dict";
}

def Mint_StructOp : Mint_Op<"struct", [Symbol]> {
  let summary = "struct with the types of its fields";
  let arguments = (ins SymbolNameAttr:$sym_name, StrArrayAttr:$fields,
                       TypeArrayAttr:$types);
  let assemblyFormat = "$sym_name $fields `:` $types attr-dict";
}

def Mint_ImplOp : Mint_Op<"impl", [Symbol]> {
  let summary = "methods of a struct for an interface";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$interface,
                       FlatSymbolRefAttr:$type, ArrayAttr:$methods);
  let assemblyFormat = [{
    $sym_name `:` $interface `for` $type $methods attr-dict
  }];
}

def Mint_FuncOp : Mint_Op<"func", [
    FunctionOpInterface, IsolatedFromAbove, AffineScope, AutomaticAllocationScope]> {
  let summary = "function, method or closure body";
  let description = [{
    Without a body it is defined in another language. `interface` is set for
    methods of an interface, whose first parameter is the struct. `captures` is
    set for bodies of closures, whose first parameter is their environment.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<FunctionType>:$function_type,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs,
                       OptionalAttr<FlatSymbolRefAttr>:$interface,
                       OptionalAttr<TypeArrayAttr>:$captures);
  let regions = (region AnyRegion:$body);
  let hasCustomAssemblyFormat = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name,
                                 "::mlir::FunctionType":$type)>];
  let extraClassDeclaration = [{
    ::mlir::ArrayRef<::mlir::Type> getArgumentTypes() {
      return getFunctionType().getInputs();
    }
    ::mlir::ArrayRef<::mlir::Type> getResultTypes() {
      return getFunctionType().getResults();
    }
    ::mlir::Region *getCallableRegion() {
      return isExternal() ? nullptr : &getBody();
    }
  }];
}

def Mint_ReturnOp : Mint_Op<"return", [Pure, Terminator, HasParent<"FuncOp">]> {
  let summary = "return from a function";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

//===----------------------------------------------------------------------===//
// Variables and structs
//===----------------------------------------------------------------------===//

def Mint_VarOp : Mint_Op<"var"> {
  let summary = "new variable";
  let results = (outs Mint_CellType:$cell);
  let assemblyFormat = "attr-dict `:` type($cell)";
}

def Mint_LoadOp : Mint_Op<"load", [
    TypesMatchWith<"the cell's type", "cell", "value",
                   "::llvm::cast<CellType>($_self).getType()">]> {
  let summary = "value of a variable or field";
  let arguments = (ins Mint_CellType:$cell);
  let results = (outs AnyType:$value);
  let assemblyFormat = "$cell attr-dict `:` type($cell)";
  let builders = [OpBuilder<(ins "::mlir::Value":$cell), [{
    build($_builder, $_state,
          ::llvm::cast<CellType>(cell.getType()).getType(), cell);
  }]>];
}

def Mint_StoreOp : Mint_Op<"store", [
    TypesMatchWith<"the cell's type", "cell", "value",
                   "::llvm::cast<CellType>($_self).getType()">]> {
  let summary = "new value of a variable or field";
  let arguments = (ins AnyType:$value, Mint_CellType:$cell);
  let assemblyFormat = "$value `to` $cell attr-dict `:` type($cell)";
}

def Mint_NewOp : Mint_Op<"new"> {
  let summary = "new struct with the values of its fields";
  let arguments = (ins Variadic<AnyType>:$fields);
  let results = (outs Mint_StructType:$result);
  let assemblyFormat = "`(` $fields `)` attr-dict `:` functional-type($fields, $result)";
}

def Mint_FieldOp : Mint_Op<"field", [Pure]> {
  let summary = "place of a struct's field";
  let arguments = (ins Mint_StructType:$object, I64Attr:$index);
  let results = (outs Mint_CellType:$cell);
  let assemblyFormat = "$object `[` $index `]` attr-dict `:` functional-type($object, $cell)";
}

//===----------------------------------------------------------------------===//
// Functions as values
//===----------------------------------------------------------------------===//

def Mint_FunctionOp : Mint_Op<"function", [Pure]> {
  let summary = "function as a value";
  let arguments = (ins FlatSymbolRefAttr:$callee);
  let results = (outs Mint_FnType:$result);
  let assemblyFormat = "$callee attr-dict `:` type($result)";
}

def Mint_ClosureOp : Mint_Op<"closure"> {
  let summary = "closure with the values of its captures";
  let arguments = (ins FlatSymbolRefAttr:$body, Variadic<AnyType>:$captures);
  let results = (outs Mint_ClosureType:$result);
  let assemblyFormat = "$body `(` $captures `)` attr-dict `:` functional-type($captures, $result)";
}

def Mint_CaptureOp : Mint_Op<"capture"> {
  let summary = "place of a capture in the closure's body";
  let arguments = (ins Mint_EnvType:$env, I64Attr:$index,
                       TypeArrayAttr:$types);
  let results = (outs Mint_CellType:$cell);
  let assemblyFormat = "$env `[` $index `]` `of` $types attr-dict `:` type($cell)";
}

def Mint_AsClosureOp : Mint_Op<"as_closure"> {
  let summary = "function pointer as a closure";
  let arguments = (ins Mint_FnType:$function);
  let results = (outs Mint_ClosureType:$result);
  let assemblyFormat = "$function attr-dict `:` functional-type($function, $result)";
}

def Mint_AsInterfaceOp : Mint_Op<"as_interface", [Pure]> {
  let summary = "struct as something with an interface";
  let arguments = (ins Mint_StructType:$object);
  let results = (outs Mint_InterfaceType:$result);
  let assemblyFormat = "$object attr-dict `:` functional-type($object, $result)";
}

def Mint_ForgeOp : Mint_Op<"forge", [Pure]> {
  let summary = "value that is taken for one of another type, unchecked";
  let arguments = (ins AnyType:$source);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `to` type($result)";
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

def Mint_CallOp : Mint_Op<"call"> {
  let summary = "call of a function by its name";
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$args);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = "$callee `(` $args `)` attr-dict `:` functional-type($args, $results)";
}

def Mint_CallFnOp : Mint_Op<"call_fn"> {
  let summary = "call of a function pointer";
  let arguments = (ins Mint_FnType:$callee, Variadic<AnyType>:$args);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = "$callee `(` $args `)` attr-dict `:` functional-type(operands, $results)";
}

def Mint_CallClosureOp : Mint_Op<"call_closure"> {
  let summary = "call of a closure";
  let arguments = (ins Mint_ClosureType:$callee, Variadic<AnyType>:$args);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = "$callee `(` $args `)` attr-dict `:` functional-type(operands, $results)";
}

def Mint_CallMethodOp : Mint_Op<"call_method"> {
  let summary = "call of a method through an interface";
  let arguments = (ins Mint_InterfaceType:$object, StrAttr:$method,
                       Variadic<AnyType>:$args);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = "$object $method `(` $args `)` attr-dict `:` functional-type(operands, $results)";
}

def Mint_PrintOp : Mint_Op<"print"> {
  let summary = "print a number";
  let arguments = (ins I64:$value);
  let assemblyFormat = "$value attr-dict";
}

#endif // MINT_OPS_TD
