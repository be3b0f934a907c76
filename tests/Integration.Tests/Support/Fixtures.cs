namespace Qcw.Integration.Tests.Support;

/// <summary>The files under tests/fixtures.</summary>
public static class Fixtures
{
    /// <summary>Full path of a fixture.</summary>
    public static string PathOf(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string fixtures = Path.Combine(folder.FullName, "tests", "fixtures");
            if (Directory.Exists(fixtures))
            {
                return Path.Combine([fixtures, .. parts]);
            }
        }

        throw new DirectoryNotFoundException("tests/fixtures is in no folder above the test assembly");
    }
}
