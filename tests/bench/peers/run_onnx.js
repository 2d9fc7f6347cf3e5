// SPDX-License-Identifier: GPL-3.0-or-later
// run_onnx.js FILE SIDE: ONNX Runtime, all optimisations, one thread a core. One line in, one run, milliseconds out.
const ort = require(process.env.ONNXRUNTIME_NODE || 'onnxruntime-node');
const os = require('os');

(async () => {
    const [file, side] = [process.argv[2], Number(process.argv[3])];
    const session = await ort.InferenceSession.create(file, {
        executionProviders: ['cpu'], graphOptimizationLevel: 'all', intraOpNumThreads: os.availableParallelism()});
    const values = new Float32Array(3 * side * side).map((_, i) => -1 + 2 * i / (3 * side * side - 1));
    const feeds = {pixels: new ort.Tensor('float32', values, [1, 3, side, side])};
    // Made only now: a reader made before the first await loses the lines that came in between.
    const lines = require('readline').createInterface({input: process.stdin});
    for await (const _ of lines) {
        const begin = process.hrtime.bigint();
        await session.run(feeds);
        console.log(Number(process.hrtime.bigint() - begin) / 1e6);
    }
})();
