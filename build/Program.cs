using Cake.Frosting;

using Qcw.Build;

return new CakeHost()
    .UseContext<BuildContext>()
    .Run(args);
