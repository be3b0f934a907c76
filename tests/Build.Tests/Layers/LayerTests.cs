using System.Reflection;
using Qcw.Build.Components;

namespace Qcw.Build.Tests.Layers;

/// <summary>A layer of the build uses itself and the layers below it. Read from the compiled build.</summary>
public sealed class LayerTests
{
    // the folders of build/, lowest first
    private static readonly string[] Layers =
        [
            "Core", "Catalog", "Fetching", "Sources", "Caching", "Compiling", "Packaging", "Signing", "Attesting", "Advising", "Releasing",
            "Verifying", "Reporting", "Updating", "Components", "Host",
        ];

    // tasks, the host, and the settings that Cake.Docker is called with, for Linux and for Windows containers
    private static readonly string[] MayUseCake =
        ["Qcw.Build.Components", "Qcw.Build.Host", "Qcw.Build.Compiling.Builders.Container", "Qcw.Build.Compiling.Builders.Msys2"];

    private static readonly Assembly Build = typeof(BuildContext).Assembly;
    private static readonly Lazy<ILookup<Type, Type>> Uses = new(() => TypeReferences.Of(Build));

    private static IEnumerable<Type> OwnTypes => Build.GetTypes().Where(type => type.DeclaringType is null && IsOwn(type));

    [Test]
    public void Every_type_is_in_a_layer() =>
        Assert.That(OwnTypes.Where(type => LayerOf(type) < 0).Select(type => type.FullName), Is.Empty);

    [Test]
    public void Every_layer_has_types() =>
        Assert.That(OwnTypes.Select(LayerOf).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, Layers.Length)));

    [Test]
    public void No_type_uses_a_type_of_a_layer_above_its_own()
    {
        IEnumerable<string> upwards =
            from type in OwnTypes
            from used in Uses.Value[type]
            where used.Assembly == Build && IsOwn(used) && LayerOf(used) > LayerOf(type)
            orderby LayerOf(type), type.FullName, used.FullName
            select $"{Name(type)} uses {Name(used)}";
        Assert.That(string.Join('\n', upwards), Is.Empty, "layers, lowest first: " + string.Join(" < ", Layers));
    }

    [Test]
    public void Cakes_types_appear_only_where_Cake_is_called()
    {
        IEnumerable<string> problems =
            from type in OwnTypes
            where type.Namespace is not null && !MayUseCake.Any(allowed => IsIn(type, allowed))
            from used in Uses.Value[type]
            where IsIn(used, "Cake")
            orderby type.FullName, used.FullName
            select $"{Name(type)} uses {used.FullName}";
        Assert.That(string.Join('\n', problems), Is.Empty, "allowed in: " + string.Join(", ", MayUseCake));
    }

    [TestCase(typeof(AsBase)), TestCase(typeof(AsField)), TestCase(typeof(AsArgumentOfAGenericType)), TestCase(typeof(InACall))]
    [TestCase(typeof(InAClosure)), TestCase(typeof(InAnAsyncMethod)), TestCase(typeof(InAnAttribute)), TestCase(typeof(AsTypeOf))]
    [TestCase(typeof(InACatchClause)), TestCase(typeof(InACast))]
    public void A_use_is_seen(Type user) =>
        Assert.That(
            Nested(user).SelectMany(TypeReferences.Of),
            Has.Member(typeof(TypeReferencesSample)), $"{user.Name} uses {nameof(TypeReferencesSample)}");

    private static IEnumerable<Type> Nested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(Nested).Append(type);

    // Program is the way into Host; what source generators write has other namespaces
    private static bool IsOwn(Type type) => type == Build.EntryPoint?.DeclaringType || IsIn(type, "Qcw.Build");

    private static bool IsIn(Type type, string space) =>
        type.Namespace is { } own && (own == space || own.StartsWith(space + ".", StringComparison.Ordinal));

    private static int LayerOf(Type type) => type.Namespace is null
        ? Array.IndexOf(Layers, "Host")
        : Array.FindIndex(Layers, layer => IsIn(type, "Qcw.Build." + layer));

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace("Qcw.Build.", string.Empty, StringComparison.Ordinal);

    // the ways in which a type can be used
    private sealed class AsBase : TypeReferencesSample;

    private sealed class AsField
    {
        public TypeReferencesSample[]? Field { get; set; }
    }

    private sealed class AsArgumentOfAGenericType
    {
        public IEnumerable<List<TypeReferencesSample>> Method() => [];
    }

    private sealed class InACall
    {
        public int Method() => TypeReferencesSample.Number();
    }

    private sealed class InAClosure
    {
        public Func<int> Method(int more) => () => TypeReferencesSample.Number() + more;
    }

    private sealed class InAnAsyncMethod
    {
        public async Task<int> Method() => await Task.FromResult(1) + TypeReferencesSample.Number();
    }

    [TestOf(typeof(TypeReferencesSample))]
    private sealed class InAnAttribute;

    private sealed class AsTypeOf
    {
        public string Method() => typeof(TypeReferencesSample).Name;
    }

    private sealed class InACatchClause
    {
        public bool Method()
        {
            try
            {
                return Environment.ProcessId > 0;
            }
            catch (TypeReferencesSample)
            {
                return false;
            }
        }
    }

    private sealed class InACast
    {
        public bool Method(object value) => value is TypeReferencesSample;
    }
}

/// <summary>The type that the test of the reader looks for.</summary>
internal class TypeReferencesSample : Exception
{
    public static int Number() => Environment.ProcessId;
}
