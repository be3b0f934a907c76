using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Tests.Compiling.Recipes;

public sealed class CompilerTests
{
    private static readonly Component Library = Sample.Component("lib", "1");
    private static readonly Component Program = Sample.Component(
        "program",
        "2",
        new DebianSource("program", "suite", "program.tar.xz", "hash"),
        needs: ["lib"]);

    private TemporaryFolder folder = null!;
    private FakeBuilder builder = null!;
    private Paths paths = null!;
    private int treesMade;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        builder = new FakeBuilder();
        treesMade = 0;
        paths = new Paths(folder.Path, Path.Combine(folder.Path, "artifacts"));
        folder.Write("build/Compiling/Recipes/recipe.sh", "driver");
        folder.Write("build/Compiling/Recipes/toolchain-common.sh", "toolchain");
        folder.Write("build/Compiling/Recipes/toolchain-fake.sh", "toolchain");
        folder.Write("build/Compiling/Recipes/offline/curl", "refusal");
        folder.Write("build/Components/C/lib.sh", "lib recipe");
        folder.Write("build/Components/C/program.sh", "program recipe");
        SourceIs("one");
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_component_gets_the_outputs_of_its_libraries()
    {
        CompileBoth();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builder.Requests.Select(request => request.Name), Is.EqualTo(["lib", "program"]));
            Assert.That(builder.Requests[1].Dependencies, Is.EqualTo([paths.Stage(Library)]));
            Assert.That(Path.Combine(paths.Stage(Program), "made"), Does.Exist);
        }
    }

    [Test]
    public void Nothing_changed_nothing_runs()
    {
        CompileBoth();
        builder.Requests.Clear();
        CompileBoth();
        Assert.That(builder.Requests, Is.Empty);
    }

    // make without dependency tracking would keep objects and headers of the old source
    [TestCase(true), TestCase(false)]
    public void A_changed_source_keeps_the_build_folder_where_ninja_goes_on(bool ninja)
    {
        builder.UsesNinja = ninja;
        CompileBoth();
        builder.Requests.Clear();
        SourceIs("two");
        CompileBoth();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builder.Requests.Select(request => request.Name), Is.EqualTo(["program"]));
            Assert.That(builder.FoundObjects, Is.EqualTo([false, false, ninja]));
        }
    }

    [Test]
    public void A_changed_recipe_of_a_library_runs_it_and_what_stands_on_it_in_fresh_folders()
    {
        CompileBoth();
        builder.Requests.Clear();
        folder.Write("build/Components/C/lib.sh", "another recipe");
        CompileBoth();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builder.Requests.Select(request => request.Name), Is.EqualTo(["lib", "program"]));
            Assert.That(builder.FoundObjects, Has.None.True);
        }
    }

    [Test]
    public void Another_version_of_a_tool_where_recipes_run_compiles_in_a_fresh_folder()
    {
        CompileBoth();
        builder.Requests.Clear();
        builder.Version = "2";
        CompileBoth();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builder.Requests.Select(request => request.Name), Is.EqualTo(["lib", "program"]));
            Assert.That(builder.FoundObjects, Has.None.True);
        }
    }

    [Test]
    public void With_a_toolchain_that_has_the_libraries_a_program_stands_on_its_packages()
    {
        builder.Packages = ["gcc 1", "glib 2"];
        builder.HasLibraries = true;
        Compile(Program);
        Compile(Program);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builder.Requests.Select(request => (request.Name, request.Dependencies.Count)), Is.EqualTo([("program", 0)]));
            Assert.That(Compile(Program).By.Msys2Packages, Is.EqualTo(["gcc 1", "glib 2"]));
            Assert.That(Compile(Program).By.Libraries, Is.Empty);
        }

        builder.Packages = ["gcc 1", "glib 3"];
        Compile(Program);
        Assert.That(builder.FoundObjects, Is.EqualTo([false, false]), "another package: compiled again, in a fresh folder");
    }

    [Test]
    public void What_was_compiled_against_the_lines_libraries_says_so()
    {
        Made made = CompileBoth();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.By.Libraries, Is.EqualTo(["lib"]));
            Assert.That(made.By.Tools, Is.EqualTo(new Dictionary<string, string> { ["meson"] = "meson 1" }));
            Assert.That(made.By.Sources, Is.EqualTo(Tree.By.Sources));
            Assert.That(CompileBoth().By.Libraries, Is.EqualTo(["lib"]), "also where it was up to date");
        }
    }

    [Test]
    public void A_source_tree_is_made_only_where_something_is_compiled()
    {
        CompileBoth();
        CompileBoth();
        Assert.That(treesMade, Is.EqualTo(1));
    }

    [Test]
    public void A_failed_run_leaves_no_stage_and_the_next_one_goes_on_in_its_build_folder()
    {
        Compile(Library);
        builder.Fails = true;
        Assert.That(() => Compile(Program), Throws.TypeOf<ProcessFailedException>());
        Assert.That(paths.Stage(Program), Does.Not.Exist);
        builder.Fails = false;
        Compile(Program);
        Assert.That(builder.FoundObjects, Is.EqualTo([false, false, true]));
    }

    [Test]
    public void A_source_that_is_not_there_says_whose_it_is()
    {
        File.Delete(Stamp.PathFor(paths.Source(Program)));
        Compile(Library);
        Assert.That(
            () => Compile(Program),
            Throws
                .TypeOf<NotMadeException>()
                .With.Message.Contains("has not been made yet")
                .And.Property(nameof(NotMadeException.Owner))
                .EqualTo("program"));
    }

    [Test]
    public void A_component_without_a_recipe_is_named() =>
        Assert.That(
            () => Recipe.Find(paths, "C", "other"),
            Throws.TypeOf<BuildException>().With.Message.Contains("there is no recipe for other"));

    [Test]
    public void A_recipe_sees_nothing_of_the_callers_environment()
    {
        var request = new CompileRequest("n", "1", "r.sh", "d.sh", "/s", "/b", "/o", ["/d1", "/d2"], 3, 42, "/l");
        SortedDictionary<string, string?> environment = RecipeEnvironment.Of(request, "cross", "/scratch", "/usr/bin/ccache");
        Assert.That(environment.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(
        [
            "HOME=/scratch", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE=1", "PYTHONHASHSEED=0", "QCW_ARCH=x86_64",
            "QCW_BUILD=/b",
            "QCW_CCACHE=/usr/bin/ccache", "QCW_DEPENDENCIES=/d1 /d2", "QCW_JOBS=3", "QCW_NAME=n", "QCW_OUTPUT=/o", "QCW_SOURCE=/s",
            "QCW_TOOLCHAIN=cross", "QCW_TRIPLE=x86_64-w64-mingw32", "QCW_VERSION=1", "SOURCE_DATE_EPOCH=42", "TMPDIR=/scratch", "TZ=UTC",
        ]));
    }

    private Made CompileBoth()
    {
        Compile(Library);
        return Compile(Program);
    }

    private Made Tree => Made.Read(paths.Source(Program), Program.Name, Phase.Patch);

    private Planned Plan
    {
        get
        {
            Made tree = Tree;
            return new Planned(tree.Path, tree.Hash, tree.By, () =>
            {
                treesMade++;
                return tree;
            });
        }
    }

    private Made Compile(Component component)
    {
        var log = RecordingLog.Nowhere;
        var line = new ReleaseLine("l", "d", 0, [Program], [Library], []);
        Made[] libraries =
        [
            .. builder.HasLibraries
                ? []
                : line.DependenciesOf(component).Select(library => Made.Read(paths.Stage(library), library.Name, Phase.Compile)),
        ];
        return new Compiler(paths, line, 1, builder, new StepRunner(log), log).Compile(
            component, Recipe.Find(paths, "C", component.Name, "meson"), component == Program ? Plan : null, libraries);
    }

    private void SourceIs(string state)
    {
        string source = paths.Source(Program);
        Directory.CreateDirectory(source);
        Stamp.Write(
            source, new Fingerprint().Add("state", state),
            new Provenance { Sources = [new SourceRecord("program", "2", "pin", "somewhere")] });
    }

    /// <summary>"Compiles" by leaving an object in the build folder and a file in the output.</summary>
    private sealed class FakeBuilder : IBuilder
    {
        public List<CompileRequest> Requests { get; } = [];

        public List<bool> FoundObjects { get; } = [];

        public bool Fails { get; set; }

        public bool UsesNinja { get; set; }

        public string Toolchain => "fake";

        public bool HasLibraries { get; set; }

        public IReadOnlyList<string> Packages { get; set; } = [];

        public string Version { get; set; } = "1";

        public void Prepare()
        {
        }

        public string VersionOf(string tool) => $"{tool} {Version}";

        public void Run(CompileRequest request, Action<string> onLine)
        {
            string made = Path.Combine(request.Build, "object");
            Requests.Add(request);
            FoundObjects.Add(File.Exists(made));
            File.WriteAllText(made, string.Empty);
            if (UsesNinja)
            {
                File.WriteAllText(Path.Combine(request.Build, "build.ninja"), string.Empty);
            }

            if (Fails)
            {
                throw new ProcessFailedException("failed", 1);
            }

            Directory.CreateDirectory(request.Output);
            File.WriteAllText(Path.Combine(request.Output, "made"), string.Empty);
        }
    }
}
