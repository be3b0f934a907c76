using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Qcw.Build.Tests.CakePackages;

/// <summary>What a compiled assembly uses of Cake's assemblies.</summary>
internal static class References
{
    /// <summary>The types and members of assemblies named <c>Cake.*</c> that an assembly's code or metadata names.</summary>
    public static IEnumerable<MemberInfo> ToCake(Assembly user)
    {
        using var image = new PEReader(File.OpenRead(user.Location));
        MetadataReader metadata = image.GetMetadataReader();
        IEnumerable<int> tokens = metadata.TypeReferences.Select(handle => MetadataTokens.GetToken(handle))
            .Concat(metadata.MemberReferences.Select(handle => MetadataTokens.GetToken(handle)));
        return [.. tokens.Select(token => Resolve(user, token)).Where(IsCakes)];
    }

    /// <summary>The members of Cake's assemblies that types of an assembly override or implement.</summary>
    public static IEnumerable<MemberInfo> OverriddenIn(Assembly user) =>
    [
        .. user.GetTypes()
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => method.GetBaseDefinition()).Where(IsCakes),
    ];

    private static bool IsCakes(MemberInfo member) => member.Module.Assembly.GetName().Name!.StartsWith("Cake.", StringComparison.Ordinal);

    // the arguments only stand for the type parameters of whatever names the member; the member is looked up in its generic type anyway
    private static MemberInfo Resolve(Assembly user, int token)
    {
        Type[] arguments = [.. Enumerable.Repeat(typeof(object), 32)];
        return user.ManifestModule.ResolveMember(token, arguments, arguments)!;
    }
}
