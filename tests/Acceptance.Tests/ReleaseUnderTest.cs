using System.Text.RegularExpressions;

namespace Qcw.Acceptance.Tests;

/// <summary>The release folder that is tried: <c>QCW_RELEASE</c>, which <c>--target=Acceptance</c> sets.</summary>
internal static partial class ReleaseUnderTest
{
    /// <summary>Its full path.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("QCW_RELEASE")
        ?? throw new AssertionException("QCW_RELEASE is not set: run these tests with ./build.sh --target=Acceptance");

    /// <summary>The one file of that pattern.</summary>
    public static string File(string pattern)
    {
        string[] files = Directory.GetFiles(Folder, pattern);
        Assert.That(files, Has.Length.EqualTo(1), $"{pattern} in {Folder}");
        return files[0];
    }

    /// <summary>The version in a file name such as <c>qemu-8.0.0-rc2-windows-x86_64-setup.exe</c>.</summary>
    public static string VersionOf(string file)
    {
        Match match = FileName().Match(Path.GetFileName(file));
        Assert.That(match.Success, Is.True, $"{file} has no version in its name");
        return match.Groups["version"].Value;
    }

    [GeneratedRegex(@"^[a-z-]+-(?<version>\d.*)-windows-")]
    private static partial Regex FileName();
}
