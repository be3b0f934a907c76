using Cake.Frosting;

namespace Qcw.Build.Tests.CakePackages;

/// <summary>The only task of this assembly.</summary>
public sealed class Nothing : FrostingTask<FrostingContext>;

/// <summary>What the build relies on in Cake's host: the same of the package and of its stand-in.</summary>
public sealed class HostBehaviourTests
{
    [Test]
    public void An_assembly_that_is_added_twice_is_an_error()
    {
        TextWriter before = Console.Error;
        using var error = new StringWriter();
        Console.SetError(error);
        try
        {
            int code = new CakeHost().AddAssembly(GetType().Assembly).AddAssembly(GetType().Assembly).Run(["--target=Nothing", "--dryrun"]);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(code, Is.Not.Zero);
                Assert.That(error.ToString(), Does.Contain("Another task with the name 'Nothing' has already been added."));
            }
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
