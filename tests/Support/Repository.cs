namespace Qcw.Tests.Support;

/// <summary>The checkout that the tests were compiled from.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The build's paths in it.</summary>
    public static Paths Paths { get; } = new(Root, Path.Combine(Root, "artifacts"));

    /// <summary>Its lines.</summary>
    public static ReleaseLines Lines { get; } = new(Paths);

    /// <summary>The full path of a file or folder of <c>tests/fixtures</c>, which has one folder for each subject.</summary>
    public static string Fixture(params string[] parts) => Path.Combine([Root, "tests", "fixtures", .. parts]);

    /// <summary>Copies all that the build's program reads of a checkout into another folder, which it makes.</summary>
    public static void CopyInputsTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] inputs =
        [
            "build/Advisories", "build/Catalog/Versions", "build/Compiling", "build/Components", "build/Core", "build/Packaging", "patches",
            "LICENSE", "build/packages.source.lock.json", "Directory.Packages.props", "global.json",
        ];
        ProcessRunner.Run(new ProcessRequest("cp", ["-R", "--parents", .. inputs, folder]) { WorkingDirectory = Root });
    }

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Qcw.slnx")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException($"the tests run outside the checkout: no Qcw.slnx above {AppContext.BaseDirectory}");
        }

        return folder.FullName;
    }
}
