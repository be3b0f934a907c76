namespace Qcw.Integration.Tests.Support;

/// <summary>The checkout that the tests were compiled from.</summary>
internal static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

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
