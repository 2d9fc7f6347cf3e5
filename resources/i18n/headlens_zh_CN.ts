<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ErrorText</name>
    <message>
        <source>%1 was not found</source>
        <translation>找不到 %1</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>%1 is not what it should be</source>
        <translation>%1 的内容不符合预期</translation>
    </message>
    <message>
        <source>%1 is incomplete</source>
        <translation>%1 不完整</translation>
    </message>
    <message>
        <source>%1 is damaged</source>
        <translation>%1 已损坏</translation>
    </message>
    <message>
        <source>%1 describes an impossible model</source>
        <translation>%1 描述的模型不成立</translation>
    </message>
    <message>
        <source>%1 cannot be run yet</source>
        <translation>暂不支持运行 %1</translation>
    </message>
    <message>
        <source>The weights of %1 do not fit</source>
        <translation>%1 的权重不匹配</translation>
    </message>
    <message>
        <source>The picture %1 could not be opened</source>
        <translation>无法打开图片 %1</translation>
    </message>
    <message>
        <source>The picture %1 is too large</source>
        <translation>图片 %1 过大</translation>
    </message>
    <message>
        <source>There is not enough memory for %1</source>
        <translation>内存不足，无法处理 %1</translation>
    </message>
    <message>
        <source>The device %1 is not there</source>
        <translation>找不到设备 %1</translation>
    </message>
    <message>
        <source>Nothing is open yet</source>
        <translation>尚未打开任何内容</translation>
    </message>
    <message>
        <source>%1 could not be written</source>
        <translation>无法写入 %1</translation>
    </message>
    <message>
        <source>Something went wrong in the engine</source>
        <translation>计算引擎出错</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation>请重新下载或复制。</translation>
    </message>
    <message>
        <source>Choose a model folder or a safetensors file.</source>
        <translation>请选择模型文件夹或 safetensors 文件。</translation>
    </message>
    <message>
        <source>Check that config.json belongs to these weights.</source>
        <translation>请确认 config.json 与这些权重相配。</translation>
    </message>
    <message>
        <source>Choose a ViT, DeiT or DINO model.</source>
        <translation>请选择 ViT、DeiT 或 DINO 模型。</translation>
    </message>
    <message>
        <source>Save it as PNG or JPEG and try again.</source>
        <translation>请另存为 PNG 或 JPEG 后重试。</translation>
    </message>
    <message>
        <source>Scale it down first.</source>
        <translation>请先将其缩小。</translation>
    </message>
    <message>
        <source>Close other programs or choose a smaller model or picture.</source>
        <translation>请关闭其他程序，或选择更小的模型或图片。</translation>
    </message>
    <message>
        <source>Choose automatic or CPU.</source>
        <translation>请选择“自动”或“CPU”。</translation>
    </message>
    <message>
        <source>Choose another folder or free some space.</source>
        <translation>请选择其他文件夹或释放一些空间。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>图片 (%1)</translation>
    </message>
    <message>
        <source>Models (%1)</source>
        <translation>模型 (%1)</translation>
    </message>
</context>
<context>
    <name>TokenLayout</name>
    <message>
        <source>patch (row %1, column %2)</source>
        <translation>图像块（行 %1，列 %2）</translation>
    </message>
</context>
<context>
    <name>headlens::Canvas</name>
    <message>
        <source>Picture with attention map</source>
        <translation>叠加注意力图的图片</translation>
    </message>
    <message>
        <source>Layer %1, head %2, query %3; strongest: %4 with %5</source>
        <translation>层 %1，头 %2，查询 %3；最强：%4，权重 %5</translation>
    </message>
    <message>
        <source>Drop a picture here, press Ctrl+O, or paste one</source>
        <translation>将图片拖到此处，按 Ctrl+O 打开，或直接粘贴</translation>
    </message>
    <message>
        <source>Starting the engine…</source>
        <translation>正在启动计算引擎…</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>头 %1</translation>
    </message>
</context>
<context>
    <name>headlens::ControlsPanel</name>
    <message>
        <source>&amp;Head</source>
        <translation>头(&amp;H)</translation>
    </message>
    <message>
        <source>Heads &amp;together</source>
        <translation>多头合并(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Direction</source>
        <translation>方向(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Opacity</source>
        <translation>不透明度(&amp;O)</translation>
    </message>
    <message>
        <source>one head</source>
        <translation>单头</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>what it attends to</source>
        <translation>它关注谁</translation>
    </message>
    <message>
        <source>who attends to it</source>
        <translation>谁关注它</translation>
    </message>
    <message>
        <source>whole picture, squashed</source>
        <translation>整图，拉伸压缩</translation>
    </message>
    <message>
        <source>whole picture, own aspect</source>
        <translation>整图，原宽高比</translation>
    </message>
    <message>
        <source>what the model sees</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>the original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>per map</source>
        <translation>按单图</translation>
    </message>
    <message>
        <source>per layer</source>
        <translation>按层</translation>
    </message>
    <message>
        <source>global</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Lo&amp;garithmic</source>
        <translation>对数刻度(&amp;G)</translation>
    </message>
    <message>
        <source>S&amp;mooth between patches</source>
        <translation>图像块间平滑(&amp;M)</translation>
    </message>
    <message>
        <source>Off by default: a smooth map suggests detail the model does not have</source>
        <translation>默认关闭：平滑后的图会显得有模型实际并不具备的细节</translation>
    </message>
    <message>
        <source>Laye&amp;r</source>
        <translation>层(&amp;R)</translation>
    </message>
    <message>
        <source>P&amp;icture fit</source>
        <translation>图片适配(&amp;I)</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>显示(&amp;W)</translation>
    </message>
    <message>
        <source>Scal&amp;e</source>
        <translation>色标范围(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Patch grid</source>
        <translation>图像块网格(&amp;P)</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>同训练</translation>
    </message>
    <message>
        <source>As trained: resized and cropped as the model was trained. Squashed: the whole picture in that size. Own aspect: the whole picture, positions interpolated.</source>
        <translation>同训练：按模型训练时的方式缩放并裁剪。拉伸压缩：整图压入该尺寸。原宽高比：保留整图，位置编码插值。</translation>
    </message>
</context>
<context>
    <name>headlens::Filmstrip</name>
    <message>
        <source>Opened pictures</source>
        <translation>已打开的图片</translation>
    </message>
</context>
<context>
    <name>headlens::HeadGrid</name>
    <message>
        <source>Maps of all layers and heads</source>
        <translation>所有层和头的注意力图</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>尚无图片</translation>
    </message>
    <message>
        <source>Layer %1, head %2
Strongest: %3 with %4
Ctrl-click lays it over the chosen head</source>
        <translation>层 %1，头 %2
最强：%3，权重 %4
按住 Ctrl 单击可将其叠加到所选头上</translation>
    </message>
</context>
<context>
    <name>headlens::InspectionModel</name>
    <message>
        <source>The engine stopped and is being started again. Nothing is lost. %1</source>
        <translation>计算引擎已停止，正在重新启动，不会丢失任何内容。%1</translation>
    </message>
    <message>
        <source>The engine cannot be started: %1. Check the engine command in the settings.</source>
        <translation>无法启动计算引擎：%1。请检查设置中的引擎命令。</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>Inspecting %1</source>
        <translation>正在分析 %1</translation>
    </message>
    <message>
        <source>The engine has not answered yet. %1</source>
        <translation>计算引擎尚未响应。%1</translation>
    </message>
    <message>
        <source>The engine is of another version (%1). Use the same version on both sides.</source>
        <translation>计算引擎的版本不同（%1）。请在两端使用相同版本。</translation>
    </message>
</context>
<context>
    <name>headlens::MainWindow</name>
    <message>
        <source>Controls</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行分布</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1 – %2 – HeadLens</source>
        <translation>%1 – %2 – HeadLens</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>%1 could not be opened: %2. Choose another picture.</source>
        <translation>无法打开 %1：%2。请选择其他图片。</translation>
    </message>
    <message>
        <source>There is nothing HeadLens can open. Choose a picture or a model folder.</source>
        <translation>没有 HeadLens 可以打开的内容。请选择图片或模型文件夹。</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;pictures…</source>
        <translation>打开图片(&amp;P)…</translation>
    </message>
    <message>
        <source>Open &amp;model folder…</source>
        <translation>打开模型文件夹(&amp;M)…</translation>
    </message>
    <message>
        <source>Open model fi&amp;le…</source>
        <translation>打开模型文件(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Embedded model</source>
        <translation>内置模型(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Recent pictures</source>
        <translation>最近的图片(&amp;R)</translation>
    </message>
    <message>
        <source>Recent m&amp;odels</source>
        <translation>最近的模型(&amp;O)</translation>
    </message>
    <message>
        <source>P&amp;aste</source>
        <translation>粘贴(&amp;A)</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Current &amp;map…</source>
        <translation>当前注意力图(&amp;M)…</translation>
    </message>
    <message>
        <source>Head &amp;grid…</source>
        <translation>头网格(&amp;G)…</translation>
    </message>
    <message>
        <source>Current &amp;row…</source>
        <translation>当前行(&amp;R)…</translation>
    </message>
    <message>
        <source>Whole matri&amp;x…</source>
        <translation>完整矩阵(&amp;X)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>浏览(&amp;L)</translation>
    </message>
    <message>
        <source>Next layer</source>
        <translation>下一层</translation>
    </message>
    <message>
        <source>Previous layer</source>
        <translation>上一层</translation>
    </message>
    <message>
        <source>Next head</source>
        <translation>下一个头</translation>
    </message>
    <message>
        <source>Previous head</source>
        <translation>上一个头</translation>
    </message>
    <message>
        <source>Play through the layers</source>
        <translation>逐层播放</translation>
    </message>
    <message>
        <source>Swap direction</source>
        <translation>切换方向</translation>
    </message>
    <message>
        <source>Let go of the pin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>适应窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>&amp;Engine command…</source>
        <translation>引擎命令(&amp;E)…</translation>
    </message>
    <message>
        <source>Engine command</source>
        <translation>引擎命令</translation>
    </message>
    <message>
        <source>The program that computes, for example:
ssh gpubox headlens-cli serve
Empty: the one beside HeadLens. Takes effect at the next start.</source>
        <translation>执行计算的程序，例如：
ssh gpubox headlens-cli serve
留空：使用与 HeadLens 同目录的程序。下次启动时生效。</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>清除记录</translation>
    </message>
    <message>
        <source>HeadLens</source>
        <translation>HeadLens</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>Open a picture first.</source>
        <translation>请先打开图片。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder or free some space.</source>
        <translation>无法写入 %1。请选择其他文件夹或释放一些空间。</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>&amp;Start the engine again</source>
        <translation>重新启动计算引擎(&amp;S)</translation>
    </message>
</context>
<context>
    <name>headlens::MatrixPlot</name>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Attention matrix of the chosen head</source>
        <translation>所选头的注意力矩阵</translation>
    </message>
    <message>
        <source>Rows are queries, columns are keys; the special tokens come before the dashed lines</source>
        <translation>行为查询，列为键；虚线之前是特殊词元</translation>
    </message>
    <message>
        <source>key (colours end at %1, the 99.5th percentile)</source>
        <translation>键（色标上限 %1，即第 99.5 百分位数）</translation>
    </message>
</context>
<context>
    <name>headlens::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>headlens::ModelPanel</name>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>%1 of width %2</source>
        <translation>%1 个，每头 %2 维</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>嵌入维度</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>图像块</translation>
    </message>
    <message>
        <source>%1 pixels</source>
        <translation>%1 像素</translation>
    </message>
    <message>
        <source>Trained at</source>
        <translation>训练尺寸</translation>
    </message>
    <message>
        <source>Special tokens</source>
        <translation>特殊词元</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别数</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>权重命名</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Seen by the model</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元数</translation>
    </message>
    <message>
        <source>%1 (grid %2 × %3)</source>
        <translation>%1（网格 %2 × %3）</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>Forward pass</source>
        <translation>前向传播</translation>
    </message>
    <message>
        <source>Trace in memory</source>
        <translation>记录占用内存</translation>
    </message>
    <message>
        <source>Tensors (%1)</source>
        <translation>张量 (%1)</translation>
    </message>
    <message>
        <source>About the model</source>
        <translation>模型信息</translation>
    </message>
    <message>
        <source>Assumed while loading</source>
        <translation>加载时的假设</translation>
    </message>
    <message>
        <source>Preprocessing steps</source>
        <translation>预处理步骤</translation>
    </message>
    <message>
        <source>Unused tensors</source>
        <translation>未使用的张量</translation>
    </message>
</context>
<context>
    <name>headlens::PredictionsPanel</name>
    <message>
        <source>Predicted classes</source>
        <translation>预测类别</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1：%2 %</translation>
    </message>
    <message>
        <source>This model has no classifier</source>
        <translation>此模型没有分类器</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>尚无图片</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 (class %2)</source>
        <translation>%1（类别 %2）</translation>
    </message>
</context>
<context>
    <name>headlens::RowPlot</name>
    <message>
        <source>patches, strongest first</source>
        <translation>图像块（由强到弱）</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>cumulative share</source>
        <translation>累计占比</translation>
    </message>
    <message>
        <source>Sorted weights of the current row</source>
        <translation>当前行的权重（已排序）</translation>
    </message>
    <message>
        <source>Show only the strongest</source>
        <translation>只显示最强部分</translation>
    </message>
    <message>
        <source>Paint only the smallest set of patches that holds this share of the mass (as the DINO authors do)</source>
        <translation>只绘制占到权重总量这一比例的最小图像块集合（与 DINO 作者的做法相同）</translation>
    </message>
    <message>
        <source>Share of the mass that is kept</source>
        <translation>保留的权重总量比例</translation>
    </message>
    <message>
        <source>%1 % of the mass lies on %2 of %3 patches; %4 % of the row is on special tokens</source>
        <translation>权重总量的 %1 % 集中在 %3 个图像块中的 %2 个上；该行的 %4 % 落在特殊词元上</translation>
    </message>
</context>
<context>
    <name>headlens::StatusLine</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Layer %1 · head %2 · %3 %4</source>
        <translation>层 %1 · 头 %2 · %3 %4</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source> · %1 %2 · weight %3</source>
        <translation> · %1 %2 · 权重 %3</translation>
    </message>
    <message>
        <source>engine starting…</source>
        <translation>计算引擎启动中…</translation>
    </message>
    <message>
        <source>%1 · %2 threads · %3</source>
        <translation>%1 · %2 线程 · %3</translation>
    </message>
    <message>
        <source>LibTorch %1, engine process %2</source>
        <translation>LibTorch %1，计算引擎进程 %2</translation>
    </message>
</context>
</TS>
