using System.Reflection;
using System.Xml.Linq;
using Cake.Core;
using Cake.Docker;
using Cake.Frosting;
using Cake.Git;
using Cake.Http;
using Qcw.Build.Components;

namespace Qcw.Build.Tests.CakePackages;

/// <summary>
/// The four Cake packages and their stand-ins (docs/adr/0002) have the members that the build uses, as cake-api.txt lists them.
/// The tests compare that list with whichever of the two are loaded: <c>CakeAddins=source dotnet test tests/Build.Tests</c>, or
/// <c>CakeAddins=package</c> where a feed has them.
/// </summary>
public sealed class CakeApiTests
{
    // by the name of the assembly, which for Cake's git package is not that of the package (docs/adr/0003)
    private static readonly Dictionary<string, Assembly> Addins =
        new Type[] { typeof(CakeHost), typeof(GitAliases), typeof(DockerAliases), typeof(HttpClientAliases) }
        .Select(type => type.Assembly).ToDictionary(assembly => assembly.GetName().Name!);

    private static readonly Assembly Host = typeof(BuildContext).Assembly;

    private readonly PublicApi api = new();

    private static bool StandIns =>
        Host.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CakeAddins").Value == "source";

    [Test]
    public void Every_listed_member_is_there_with_its_types_and_nullability()
    {
        string[] found = [.. Found().Select(one => one.Signature)];
        ILookup<string, string> candidates = found.ToLookup(PublicApi.WithoutNull);
        string[] missing = [.. Listed().Select(one => one.Signature)
            .Where(listed => !candidates[PublicApi.WithoutNull(listed)].Any(one => PublicApi.Matches(listed, one)))];
        AssertNone(missing.Select(one => Nearest(one, found)), "listed and not in the loaded assemblies; below each is what they have");
    }

    [Test]
    public void Everything_that_the_build_refers_to_is_listed()
    {
        string[] listed = [.. Listed().Select(one => one.Signature)];
        string[] used = [.. References.ToCake(Host).Concat(References.OverriddenIn(Host)).Select(api.Describe).Distinct()];
        AssertNone(
            used.Where(one => !listed.Any(line => PublicApi.Matches(line, one))),
            "used and not in tests/Build.Tests/CakePackages/cake-api.txt");
    }

    /// <summary>The packages have more members than are listed; the stand-ins must not.</summary>
    [Test]
    public void What_is_loaded_is_the_packages_in_their_versions_or_stand_ins_with_nothing_but_what_is_used()
    {
        if (!StandIns)
        {
            Assert.That(
                Addins.Values.Select(addin => $"{PackageOf(addin)} {VersionOf(addin)}"),
                Is.EquivalentTo(Listed().Select(one => one.Package).Distinct().Where(IsAddin)));
            return;
        }

        string[] listed = [.. Listed().Select(one => one.Signature)];
        HashSet<string> used = [.. new[] { Host, typeof(CakeApiTests).Assembly }
            .SelectMany(user => References.ToCake(user).Concat(References.OverriddenIn(user))).Select(api.Describe)];
        using (Assert.EnterMultipleScope())
        {
            AssertNone(
                Found().Where(one => Addins.ContainsKey(one.Assembly)).Select(one => one.Signature).Except(listed),
                "declared by a stand-in and not in cake-api.txt");
            // what an interface has, whoever implements it must have
            AssertNone(
                Addins.Values.SelectMany(addin => addin.GetExportedTypes()).Where(type => !type.IsInterface)
                    .SelectMany(type => api.Of(type).Skip(1)).Except(used),
                "declared by a stand-in and used by neither the build nor its tests");
        }
    }

    [Test]
    public void The_listed_versions_are_those_that_are_restored()
    {
        Dictionary<string, string> pinned = Pinned();
        Assert.That(Listed().Select(one => one.Package).Distinct(), Is.All.Matches<string>(package =>
            pinned.GetValueOrDefault(package.Split(' ')[0], pinned["Cake.Frosting"]) == package.Split(' ')[1]));
    }

    // NUnit would show ten of them, and those cut short
    private static void AssertNone(IEnumerable<string> lines, string what) =>
        Assert.That(lines.Count(), Is.Zero, () => $"{what}:\n  {string.Join("\n  ", lines)}\n");

    private IEnumerable<(string Assembly, string Signature)> Found() =>
        from assembly in Addins.Values.Append(typeof(ICakeContext).Assembly)
        from type in assembly.GetExportedTypes()
        from signature in api.Of(type)
        select (assembly.GetName().Name!, signature);

    // a package's name and version stand over the members that are used of it
    private static IEnumerable<(string Package, string Signature)> Listed()
    {
        string package = string.Empty;
        string file = Path.Combine(Repository.Root, "tests", "Build.Tests", "CakePackages", "cake-api.txt");
        foreach (string line in File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                yield return (package, line.Trim());
            }
            else
            {
                package = line;
            }
        }
    }

    private static Dictionary<string, string> Pinned()
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        string cake = file.Descendants("CakeVersion").Single().Value;
        return file.Descendants("PackageVersion").ToDictionary(
            one => one.Attribute("Include")!.Value,
            one => one.Attribute("Version")!.Value.Replace("$(CakeVersion)", cake, StringComparison.Ordinal));
    }

    private static bool IsAddin(string package) => Addins.Values.Any(addin => PackageOf(addin) == package.Split(' ')[0]);

    private static string PackageOf(Assembly addin) =>
        addin.GetName().Name!.Replace("Cake.Git", "Cake.Frosting.Git", StringComparison.Ordinal);

    private static string VersionOf(Assembly assembly) => assembly.GetName().Version!.ToString(3);

    private static string Nearest(string listed, string[] found)
    {
        string name = listed.Split(' ', '(', '<').First(word => word.StartsWith("Cake.", StringComparison.Ordinal));
        return string.Join("\n      ", found.Where(one => one.Contains(name, StringComparison.Ordinal)).Take(5).Prepend(listed));
    }
}
