namespace Qcw.Build.Tests.Support;

/// <summary>The checkout that the tests were compiled from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The build's paths in it.</summary>
    public static Paths Paths { get; } = new(Root, Path.Combine(Root, "artifacts"));

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "build", "Catalog", "Versions")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"no build/Catalog/Versions above {AppContext.BaseDirectory}");
        }

        return folder.FullName;
    }
}
