using System.Reflection;
using System.Reflection.Emit;

namespace Qcw.Build.Tests.Layers;

/// <summary>
/// Reads from a compiled assembly which type uses which: in signatures, attributes and the code of methods. What the compiler
/// generates for a type (closures, state machines) counts as that type. Constants and <c>nameof</c> leave no trace, so they do not count.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Dictionary<short, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Every type of an assembly that is not nested, with the types that it uses, itself left out.</summary>
    public static ILookup<Type, Type> Of(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => Of(type).Select(used => (From: Outermost(type), To: used)))
            .Where(edge => edge.From != edge.To).Distinct().ToLookup(edge => edge.From, edge => edge.To);

    /// <summary>The types that the declarations and the code of a type name, nested ones as the type that they are nested in.</summary>
    public static IEnumerable<Type> Of(Type type) =>
        type.GetInterfaces().Concat(Attributes(type)).Append(type.BaseType).Concat(type.GetMembers(Declared).SelectMany(OfMember))
            .SelectMany(Parts).Select(Outermost).Distinct();

    private static IEnumerable<Type?> OfMember(MemberInfo member) => Attributes(member).Concat(member switch
    {
        MethodBase method => Signature(method).Concat(Code(method)),
        FieldInfo field => [field.FieldType],
        _ => [], // properties and events are methods and fields, too
    });

    private static IEnumerable<Type?> Attributes(MemberInfo member) => member.GetCustomAttributesData()
        .SelectMany(attribute => attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
            .SelectMany(Values).Append(attribute.AttributeType));

    private static IEnumerable<Type?> Values(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [type],
        IEnumerable<CustomAttributeTypedArgument> items => items.SelectMany(Values),
        _ => [],
    };

    private static IEnumerable<Type> Signature(MethodBase method)
    {
        IEnumerable<Type> parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        return method is MethodInfo info ? parameters.Append(info.ReturnType).Concat(info.GetGenericArguments()) : parameters;
    }

    private static IEnumerable<Type?> Code(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }

        return body.LocalVariables.Select(local => local.LocalType)
            .Concat(body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType))
            .Concat(Tokens(body.GetILAsByteArray()!).SelectMany(token => OfToken(method, token)));
    }

    private static IEnumerable<Type?> OfToken(MethodBase method, int token)
    {
        Type[] ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        MemberInfo member = method.Module.ResolveMember(token, ofType, ofMethod)!;
        return member switch
        {
            Type type => [type],
            MethodBase called => Signature(called).Append(called.DeclaringType),
            FieldInfo field => [field.FieldType, field.DeclaringType],
            _ => [],
        };
    }

    // the operands of instructions that name a type, a method or a field
    private static IEnumerable<int> Tokens(byte[] code)
    {
        int at = 0;
        while (at < code.Length)
        {
            const byte TwoBytes = 0xfe;
            short value = code[at] == TwoBytes ? (short)((TwoBytes << 8) | code[++at]) : code[at];
            OpCode instruction = OpCodesByValue[value];
            at++;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod
                or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return [];
        }

        return type.HasElementType ? Parts(type.GetElementType())
            : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
