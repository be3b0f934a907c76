using System.Reflection;
using System.Runtime.InteropServices;
using Cake.Core;

namespace Qcw.Build.Host;

/// <summary>What <c>--version</c> and <c>--info</c> print. Cake's own answers speak of the entry assembly, which is not Cake's.</summary>
public static class VersionText
{
    /// <summary>One line each for qcw and for Cake: name, space, version.</summary>
    public static string Versions => $"qcw {VersionOf(typeof(VersionText).Assembly)}\nCake {VersionOf(typeof(ICakeContext).Assembly)}";

    /// <summary>The same, then where the Cake packages come from, the runtime, the system and the checkout.</summary>
    /// <param name="root">Full path of the checkout.</param>
    public static string Info(string root) => $"""
        {Versions}
        Cake packages: {(CakeAddins == "source" ? "stand-ins of build/addins" : "of the NuGet feed")} (CakeAddins={CakeAddins})
        {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}
        {root}
        """;

    private static string CakeAddins => typeof(VersionText).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == nameof(CakeAddins)).Value!;

    /// <summary>The version of an assembly's package.</summary>
    public static string VersionOf(Assembly assembly) =>
        // "7.0.0+COMMIT": the commit is of no use to who asks
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
