using Qcw.Build.Packaging.Pe;
using Qcw.Build.Releasing;

namespace Qcw.Build.Packaging;

/// <summary>Makes an installer or archive of the release, unless it is up to date, and puts it into the release folder.</summary>
public sealed class Packager(Paths paths, StepRunner steps, ReleaseFolder release)
{
    /// <summary>Makes one file.</summary>
    /// <param name="owner">For people: the component it is made from.</param>
    /// <param name="phase">For people: <c>installer</c>, <c>archive</c>.</param>
    /// <param name="fileName">In the release folder.</param>
    /// <param name="fingerprint">Everything that determines its bytes.</param>
    /// <param name="facts">What the release notes will say of it.</param>
    /// <param name="work">Makes it; gets the path to write to.</param>
    public void Make(string owner, string phase, string fileName, Fingerprint fingerprint, PackageFacts facts, Action<string> work)
    {
        string package = paths.Package(fileName);
        steps.RunReplacing(new Step(owner, phase, package, fingerprint), work);
        facts.Write(paths.Facts(fileName));
        release.Publish(package);
    }

    /// <summary>The fingerprints of what a component and its libraries have staged, and of the list of Windows' own DLLs.</summary>
    /// <exception cref="BuildException">Something has not been compiled.</exception>
    public Fingerprint Inputs(Component component, IEnumerable<Component> libraries)
    {
        Fingerprint fingerprint = new Fingerprint()
            .Add("stage", Stamp.HashOf(paths.Stage(component), "Compile"))
            .AddFile("windows dlls", WindowsDllList);
        foreach (Component library in libraries)
        {
            fingerprint.Add("library " + library.Name, Stamp.HashOf(paths.Stage(library), "SysrootCompile"));
        }

        return fingerprint;
    }

    /// <summary>The libraries of a component, and the tools that it and they were compiled with.</summary>
    /// <exception cref="BuildException">Something has not been compiled.</exception>
    public PackageFacts Facts(Component component, IEnumerable<Component> libraries) =>
        libraries.Aggregate(
            new PackageFacts().AddToolsOf(paths.Stage(component), "Compile"),
            (facts, library) => facts.AddToolsOf(paths.Stage(library), "SysrootCompile").AddLibrary(library.Name));

    /// <summary>The DLLs that may be left to Windows.</summary>
    public WindowsDlls WindowsDlls => WindowsDlls.Load(WindowsDllList);

    private string WindowsDllList => Path.Combine(paths.Packaging, "Pe", "windows-dlls.txt");
}
