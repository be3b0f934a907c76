using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Tests.CakePackages;

/// <summary>
/// Public members as one line each, in C#'s words. Behind a type, <c>?</c> says that it may be null and <c>~</c> that its assembly
/// was compiled without saying so.
/// </summary>
internal sealed partial class PublicApi
{
    private const BindingFlags Declarations =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly NullabilityInfoContext nullability = new();

    /// <summary>What a type can be seen to have: itself, then the members that it declares.</summary>
    public IEnumerable<string> Of(Type type) =>
    [
        Describe(type),
        .. type.GetMembers(Declarations).Where(IsVisible).Select(Describe),
    ];

    /// <summary>One member, or type. Of a generic type's instance: as the generic type declares it.</summary>
    public string Describe(MemberInfo member) => member switch
    {
        Type type => DescribeType(Open(type)),
        MethodInfo accessor when IsAccessor(accessor) => Describe(PropertyOf(accessor)),
        _ => DescribeMember(Declared(member)),
    };

    /// <summary>A line without what it says of null.</summary>
    public static string WithoutNull(string line) =>
        line.Replace("?", string.Empty, StringComparison.Ordinal).Replace("~", string.Empty, StringComparison.Ordinal);

    /// <summary>True where a line of the list is about a member that is there, with its nullability or without any.</summary>
    public static bool Matches(string listed, string found) =>
        Regex.IsMatch(listed, "^" + Regex.Escape(found).Replace("~", @"\??", StringComparison.Ordinal) + "$");

    private string DescribeMember(MemberInfo member)
    {
        string owner = NameOf(member.DeclaringType!);
        return member switch
        {
            PropertyInfo property => Modifiers(property.GetMethod ?? property.SetMethod!)
                + $"{Write(nullability.Create(property))} {owner}.{property.Name} {{ "
                + $"{(property.GetMethod is null ? string.Empty : "get; ")}{(property.SetMethod is null ? string.Empty : "set; ")}}}",
            ConstructorInfo constructor => $"{(constructor.IsFamily ? "protected " : string.Empty)}new {owner}({Parameters(constructor)})",
            MethodInfo method => $"{Modifiers(method)}{Write(nullability.Create(method.ReturnParameter))} {owner}.{method.Name}"
                + $"{Generics(method.GetGenericArguments())}({Parameters(method)}){Constraints(method.GetGenericArguments())}",
            FieldInfo field => $"{(field.IsStatic ? "static " : string.Empty)}{Write(nullability.Create(field))} {owner}.{field.Name}",
            _ => throw new NotSupportedException($"{member.MemberType} {owner}.{member.Name}"),
        };
    }

    private static string DescribeType(Type type)
    {
        string kind = type.IsInterface ? "interface" : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        string[] bases =
        [
            .. type.BaseType is { } parent && parent != typeof(object) ? [NameOf(parent)] : Array.Empty<string>(),
            .. type.GetInterfaces().Where(one => one.IsVisible).Select(NameOf).Order(StringComparer.Ordinal),
        ];
        string inherited = bases.Length == 0 ? string.Empty : " : " + string.Join(", ", bases);
        return $"{kind} {NameOf(type)}{inherited}{Constraints(type.GetGenericArguments())}";
    }

    private string Parameters(MethodBase method) => (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty)
        + string.Join(", ", method.GetParameters().Select(parameter =>
            (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty) + Write(nullability.Create(parameter))));

    private static string Write(NullabilityInfo info)
    {
        var text = new StringBuilder();
        Type type = info.Type;
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return NameOf(value) + "?";
        }

        if (info.ElementType is { } element)
        {
            text.Append(Write(element)).Append("[]");
        }
        else if (info.GenericTypeArguments.Length > 0)
        {
            text.Append(BareName(type)).Append('<').AppendJoin(", ", info.GenericTypeArguments.Select(Write)).Append('>');
        }
        else
        {
            text.Append(NameOf(type));
        }

        return text.Append(type.IsValueType || type.IsGenericParameter ? string.Empty
            : Worst(info) switch { NullabilityState.Nullable => "?", NullabilityState.Unknown => "~", _ => string.Empty }).ToString();
    }

    // what may be read from it, or given to it: whichever is looser
    private static NullabilityState Worst(NullabilityInfo info) =>
        info.ReadState == NullabilityState.Unknown ? info.WriteState
        : info.WriteState == NullabilityState.Nullable ? NullabilityState.Nullable
        : info.ReadState;

    private static string Modifiers(MethodInfo method) =>
        (method.IsFamily ? "protected " : string.Empty)
        + (
            method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? string.Empty
            : method.IsAbstract ? "abstract "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual "
            : string.Empty);

    private static string Constraints(Type[] parameters) =>
        string.Concat(
            parameters
                .Where(parameter =>
                    parameter.GetGenericParameterConstraints().Length > 0
                    || parameter.GenericParameterAttributes != GenericParameterAttributes.None)
                .Select(parameter =>
                    $" where {parameter.Name} : "
                    + string.Join(
                        ", ",
                        (
                            parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)
                                ? ["class"]
                                : Array.Empty<string>()
                        ).Concat(parameter.GetGenericParameterConstraints().Select(NameOf)))));

    private static string NameOf(Type type) =>
        type.IsArray ? NameOf(type.GetElementType()!) + "[]"
        : type.IsGenericParameter ? type.Name
        : Keywords.GetValueOrDefault(type) is { } keyword ? keyword
        : BareName(type) + Generics(type.GetGenericArguments());

    private static string BareName(Type type) =>
        Arity().Replace(type.FullName ?? $"{type.Namespace}.{type.Name}", string.Empty).Replace('+', '.');

    private static string Generics(Type[] arguments) =>
        arguments.Length == 0 ? string.Empty : $"<{string.Join(", ", arguments.Select(NameOf))}>";

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase accessor when IsAccessor(accessor) => false,
        MethodBase method => method.IsPublic || method.IsFamily,
        PropertyInfo property => property.GetAccessors().Length > 0,
        FieldInfo field => field.IsPublic,
        _ => false,
    };

    // operators have special names too
    private static bool IsAccessor(MethodBase method) => method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal)
        || method.Name.StartsWith("set_", StringComparison.Ordinal));

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static MemberInfo Declared(MemberInfo member) => Open(member.DeclaringType!)
        .GetMembers(Declarations)
        .Single(one => one.MetadataToken == member.MetadataToken);

    private static PropertyInfo PropertyOf(MethodInfo accessor) => Open(accessor.DeclaringType!)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Single(property => property.GetAccessors().Any(one => one.MetadataToken == accessor.MetadataToken));

    [GeneratedRegex("`[0-9]+(\\[.*)?")]
    private static partial Regex Arity();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(void)] = "void",
    };
}
