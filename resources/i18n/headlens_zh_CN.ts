<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Colours</name>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>turbo (not uniform)</source>
        <translation>turbo（感知不均匀）</translation>
    </message>
</context>
<context>
    <name>CostText</name>
    <message>
        <source>dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>window 1</source>
        <translation>窗口 1</translation>
    </message>
    <message>
        <source>window 2</source>
        <translation>窗口 2</translation>
    </message>
    <message>
        <source>window 1 alone</source>
        <translation>仅窗口 1</translation>
    </message>
    <message>
        <source>window 1 + random</source>
        <translation>窗口 1 + 随机</translation>
    </message>
    <message>
        <source>coarse 2</source>
        <translation>粗粒度 2</translation>
    </message>
    <message>
        <source>coarse 4</source>
        <translation>粗粒度 4</translation>
    </message>
    <message>
        <source>low rank</source>
        <translation>低秩</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>FAVOR+ 16</source>
        <translation>FAVOR+ 16</translation>
    </message>
    <message>
        <source>FAVOR+ 64</source>
        <translation>FAVOR+ 64</translation>
    </message>
    <message>
        <source>FAVOR+ 256</source>
        <translation>FAVOR+ 256</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>%1 × less</source>
        <translation>少 %1 倍</translation>
    </message>
    <message>
        <source>%1 × more</source>
        <translation>多 %1 倍</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 (%2 × %2)</source>
        <translation>%1（%2 × %2）</translation>
    </message>
    <message>
        <source>With heads of width %1, linear attention is cheaper than dense from %2 on; FAVOR+ with 16 features from %3, with 64 from %4, with 256 from %5.</source>
        <translation>头宽为 %1 时，线性注意力从 %2 起比稠密注意力便宜；FAVOR+ 用 16 个特征从 %3 起，64 个从 %4 起，256 个从 %5 起。</translation>
    </message>
</context>
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
    <message>
        <source>Not possible: %1</source>
        <translation>无法做到：%1</translation>
    </message>
    <message>
        <source>%1 lacks a part</source>
        <translation>%1 缺少一部分</translation>
    </message>
    <message>
        <source>Choose a model of one of the families that the documentation lists.</source>
        <translation>请选择文档所列模型系列中的模型。</translation>
    </message>
    <message>
        <source>The picture %1 is incomplete</source>
        <translation>图片 %1 不完整</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>only one</source>
        <translation>只有一个</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>头</translation>
    </message>
    <message>
        <source>methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>queries</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>each panel</source>
        <translation>每幅图</translation>
    </message>
    <message>
        <source>each row</source>
        <translation>每行</translation>
    </message>
    <message>
        <source>each column</source>
        <translation>每列</translation>
    </message>
    <message>
        <source>the whole figure</source>
        <translation>整张图</translation>
    </message>
    <message>
        <source>one column, 3.25 in</source>
        <translation>单栏，3.25 英寸</translation>
    </message>
    <message>
        <source>two columns, 6.75 in</source>
        <translation>双栏，6.75 英寸</translation>
    </message>
    <message>
        <source>slide, 16:9</source>
        <translation>幻灯片，16:9</translation>
    </message>
    <message>
        <source>own width</source>
        <translation>自定宽度</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>heat</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>spotlight</source>
        <translation>聚光</translation>
    </message>
    <message>
        <source>contours</source>
        <translation>等值线</translation>
    </message>
    <message>
        <source>links</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>one head</source>
        <translation>一个头</translation>
    </message>
    <message>
        <source>mean of the heads</source>
        <translation>各头的平均</translation>
    </message>
    <message>
        <source>maximum of the heads</source>
        <translation>各头的最大值</translation>
    </message>
    <message>
        <source>minimum of the heads</source>
        <translation>各头的最小值</translation>
    </message>
    <message>
        <source>This map</source>
        <translation>当前的图</translation>
    </message>
    <message>
        <source>Head grid</source>
        <translation>头网格</translation>
    </message>
    <message>
        <source>All layers, mean of heads</source>
        <translation>所有层，各头平均</translation>
    </message>
    <message>
        <source>Methods side by side</source>
        <translation>方法并排</translation>
    </message>
    <message>
        <source>One head through the layers</source>
        <translation>一个头贯穿各层</translation>
    </message>
    <message>
        <source>Several pictures</source>
        <translation>多张图片</translation>
    </message>
    <message>
        <source>raw attention</source>
        <translation>原始注意力</translation>
    </message>
    <message>
        <source>%1, as in the window</source>
        <translation>%1（当前窗口）</translation>
    </message>
    <message>
        <source>Heads of this layer</source>
        <translation>本层的各头</translation>
    </message>
    <message>
        <source>Picture, map, heads</source>
        <translation>图片、图、各头</translation>
    </message>
</context>
<context>
    <name>FoundModels</name>
    <message>
        <source>The engine could not finish the search for models.</source>
        <translation>计算引擎未能完成对模型的查找。</translation>
    </message>
    <message>
        <source>The download is not finished: %1 is missing.</source>
        <translation>下载尚未完成：缺少 %1。</translation>
    </message>
    <message>
        <source>a file of weights</source>
        <translation>权重文件</translation>
    </message>
    <message>
        <source>Its weights are for another program: %1.</source>
        <translation>其权重属于其他程序：%1。</translation>
    </message>
    <message>
        <source>Hugging Face cache</source>
        <translation>Hugging Face 缓存</translation>
    </message>
    <message>
        <source>torch hub</source>
        <translation>torch hub</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>LM Studio</source>
        <translation>LM Studio</translation>
    </message>
    <message>
        <source>a folder of your own</source>
        <translation>你添加的文件夹</translation>
    </message>
    <message>
        <source>%1 leads into another folder; add that folder to open it.</source>
        <translation>%1 指向另一个文件夹；添加该文件夹即可打开。</translation>
    </message>
    <message>
        <source>Only the first %1 models are listed.</source>
        <translation>仅列出前 %1 个模型。</translation>
    </message>
    <message>
        <source>The download is not finished: %1 ends too early.</source>
        <translation>下载尚未完成：%1 过早结束。</translation>
    </message>
    <message>
        <source>It cannot be opened: %1.</source>
        <translation>无法打开：%1。</translation>
    </message>
    <message>
        <source>HeadLens knows no model with such weights.</source>
        <translation>HeadLens 不认识具有这种权重的模型。</translation>
    </message>
    <message>
        <source>HeadLens cannot run models of the type %1 yet.</source>
        <translation>HeadLens 尚不能运行 %1 类型的模型。</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>A folder cannot be read: %1.</source>
        <translation>无法读取文件夹：%1。</translation>
    </message>
    <message>
        <source>This folder holds very many files; the rest was not looked at: %1.</source>
        <translation>此文件夹中的文件非常多，其余部分未查看：%1。</translation>
    </message>
</context>
<context>
    <name>Glossary</name>
    <message>
        <source>token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>One piece of the input that the model handles as a whole: a patch of a picture, a word or part of a word, or a special one such as CLS.</source>
        <translation>模型作为整体处理的一小段输入：图片的一个图像块、一个词或词的一部分，或 CLS 这样的特殊词元。</translation>
    </message>
    <message>
        <source>patch</source>
        <translation>图像块</translation>
    </message>
    <message>
        <source>A small square of the picture, often 16 × 16 pixels. Every patch becomes one token.</source>
        <translation>图片中的一个小方块，常为 16 × 16 像素。每个图像块成为一个词元。</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>How a token gathers from the others: it gives every one of them a weight, and the weights of one query add up to 1.</source>
        <translation>词元如何从其他词元收集信息：它给每个词元一个权重，一个查询的所有权重之和为 1。</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>The token that looks. The map shows to which tokens it gives its attention.</source>
        <translation>正在看的词元。图显示它把注意力给了哪些词元。</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>The token that is looked at. Query and key together decide how large the weight is.</source>
        <translation>被看的词元。查询和键共同决定权重的大小。</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>What a token hands over when it is looked at: values are added up, each by its weight.</source>
        <translation>词元被看时交出的内容：各个值按权重相加。</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>One of several attentions that work side by side in a layer, each with queries, keys and values of its own. 5.3 is head 3 of layer 5; both count from 0.</source>
        <translation>一层中并行工作的多个注意力之一，各有自己的查询、键和值。5.3 是第 5 层的头 3；两者都从 0 数起。</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>One step of the model: its heads let tokens look at each other, then every token is worked on alone. Layers follow one another.</source>
        <translation>模型的一步：各头让词元互相看，然后单独处理每个词元。各层依次进行。</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>All weights of one query. They add up to 1.</source>
        <translation>一个查询的全部权重。它们之和为 1。</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>The rows of all queries of a head below each other: queries downwards, keys across.</source>
        <translation>一个头所有查询的行上下排列：查询向下，键向右。</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>How widely attention is spread: 0 when all of it is on one token, the logarithm of the number of tokens when all get the same.</source>
        <translation>注意力分散的程度：全部集中在一个词元上时为 0，所有词元均分时为词元数的对数。</translation>
    </message>
    <message>
        <source>mean distance</source>
        <translation>平均距离</translation>
    </message>
    <message>
        <source>How far away, on average, the tokens are that a head looks at. Small: it looks at neighbours; large: it looks across the whole picture or text.</source>
        <translation>一个头所看的词元平均有多远。小：看邻近的；大：看遍整张图片或整段文字。</translation>
    </message>
    <message>
        <source>CLS</source>
        <translation>CLS</translation>
    </message>
    <message>
        <source>A token without a place in the picture. It gathers what the model needs for its answer, which is read from it.</source>
        <translation>在图片中没有位置的词元。它收集模型作答所需的信息，答案由它读出。</translation>
    </message>
    <message>
        <source>share on CLS</source>
        <translation>分给 CLS 的份额</translation>
    </message>
    <message>
        <source>The part of a head&apos;s attention that goes to CLS, averaged over all queries.</source>
        <translation>一个头的注意力中给 CLS 的部分，对所有查询取平均。</translation>
    </message>
    <message>
        <source>register</source>
        <translation>寄存词元</translation>
    </message>
    <message>
        <source>A token without a place in the picture and without an answer: room where the model keeps what would otherwise spoil patches of the background.</source>
        <translation>既无图片位置也不作答的词元：模型在此存放否则会弄乱背景图像块的内容。</translation>
    </message>
    <message>
        <source>sink</source>
        <translation>汇点</translation>
    </message>
    <message>
        <source>A token that gets much attention from nearly all others although it says little, often the first one of a text: heads rest there when they have nothing to do.</source>
        <translation>几乎所有词元都给它大量注意力、但内容很少的词元，常是文字的第一个：头无事可做时就停在那里。</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>In a Swin: a square of patches that look at each other only, not at the rest of the picture.</source>
        <translation>在 Swin 中：一个方块内的图像块只互相看，不看图片其余部分。</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>移位</translation>
    </message>
    <message>
        <source>In a Swin: every second layer moves its windows by half a window, so that patches of neighbouring windows meet.</source>
        <translation>在 Swin 中：每隔一层把窗口移动半个窗口，使相邻窗口的图像块相遇。</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Which tokens a query must not look at, such as words that come later. Their weight is 0.</source>
        <translation>查询不许看哪些词元，例如后面的词。它们的权重为 0。</translation>
    </message>
    <message>
        <source>roll-out</source>
        <translation>注意力展开</translation>
    </message>
    <message>
        <source>The attention of all layers multiplied, from the picture to the answer. It knows no class: it is the same for every answer.</source>
        <translation>把从图片到答案所有层的注意力相乘。它不区分类别：对每个答案都相同。</translation>
    </message>
    <message>
        <source>relevance</source>
        <translation>相关性</translation>
    </message>
    <message>
        <source>What one answer rests on: attention weighted by its gradient and carried through all layers. Another answer has another map.</source>
        <translation>一个答案的依据：注意力按梯度加权并贯穿所有层。换一个答案，图就不同。</translation>
    </message>
    <message>
        <source>effective map</source>
        <translation>有效图</translation>
    </message>
    <message>
        <source>What reaches a layer of a Swin from every part of the picture, through all windows and stages before it.</source>
        <translation>图片各处的信息经过此前所有窗口和阶段，到达 Swin 某一层的部分。</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>logit 分数</translation>
    </message>
    <message>
        <source>The score of an answer before scores are made into probabilities.</source>
        <translation>分数换算成概率之前，一个答案的分数。</translation>
    </message>
    <message>
        <source>logit lens</source>
        <translation>逐层透视 (logit lens)</translation>
    </message>
    <message>
        <source>What the model would say if it stopped after a layer: the state of that layer is read as if it were the last.</source>
        <translation>模型若在某一层后停下会说什么：把该层的状态当作最后一层来读。</translation>
    </message>
    <message>
        <source>ablation</source>
        <translation>消融</translation>
    </message>
    <message>
        <source>To silence a head or another part and to see what changes: that is what it was good for.</source>
        <translation>关闭一个头或其他部分，看有什么变化：那就是它的作用。</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>The run that another one is compared with. In Change it is the run before the first head was silenced; H holds any other.</source>
        <translation>用来与另一次运行比较的那次运行。在“改变”中是关闭第一个头之前的运行；按 H 可留住任何其他运行。</translation>
    </message>
    <message>
        <source>token norm</source>
        <translation>词元长度</translation>
    </message>
    <message>
        <source>How long the vector of a token is after a layer. A few very long ones are often sinks.</source>
        <translation>某一层之后词元向量的长度。少数特别长的往往是汇点。</translation>
    </message>
    <message>
        <source>principal components</source>
        <translation>主成分</translation>
    </message>
    <message>
        <source>The three directions in which the tokens of a layer differ most, shown as red, green and blue: like colours mean like tokens.</source>
        <translation>一层的词元差异最大的三个方向，用红、绿、蓝显示：颜色相近的词元也相近。</translation>
    </message>
</context>
<context>
    <name>HeadOrder</name>
    <message>
        <source>share on CLS</source>
        <translation>分给 CLS 的份额</translation>
    </message>
    <message>
        <source>similarity to head %1.%2</source>
        <translation>与头 %1.%2 的相似度</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>mean distance</source>
        <translation>平均距离</translation>
    </message>
    <message>
        <source>share on the first token</source>
        <translation>分给首个词元的份额</translation>
    </message>
    <message>
        <source>share on the token itself</source>
        <translation>分给词元自身的份额</translation>
    </message>
    <message>
        <source>similarity to the chosen head</source>
        <translation>与所选头的相似度</translation>
    </message>
</context>
<context>
    <name>HeadReach</name>
    <message>
        <source>Layer %1 asks about the text of the encoder: choose a word there</source>
        <translation>第 %1 层的查询来自编码器的文本：请选择其中一个词</translation>
    </message>
    <message>
        <source>Layer %1 asks about the text of the decoder: choose a word there</source>
        <translation>第 %1 层的查询来自解码器的文本：请选择其中一个词</translation>
    </message>
    <message>
        <source>Layer %1 asks about the text: choose a word</source>
        <translation>第 %1 层的查询来自文本：请选择一个词</translation>
    </message>
    <message>
        <source>Layer %1 asks about the picture: choose a patch</source>
        <translation>第 %1 层的查询来自图片：请选择一个图块</translation>
    </message>
    <message>
        <source>Layer %1 asks about other tokens: %2</source>
        <translation>第 %1 层的查询来自其他词元：%2</translation>
    </message>
    <message>
        <source>Layer %1 looks at other tokens: nothing in it can look at this one</source>
        <translation>第 %1 层看的是其他词元：其中没有谁能看到这一个</translation>
    </message>
    <message>
        <source>Layer %1 passes this token by</source>
        <translation>第 %1 层跳过了这个词元</translation>
    </message>
    <message>
        <source>This patch is hidden from layer %1</source>
        <translation>这个图块对第 %1 层是隐藏的</translation>
    </message>
    <message>
        <source>The memory of layer %1 is still empty here</source>
        <translation>第 %1 层的记忆在此处仍为空</translation>
    </message>
    <message>
        <source>Nobody looks at this token in layer %1</source>
        <translation>在第 %1 层没有谁看这个词元</translation>
    </message>
    <message>
        <source>This token reads nothing in layer %1</source>
        <translation>这个词元在第 %1 层什么也不读</translation>
    </message>
</context>
<context>
    <name>HeadSections</name>
    <message>
        <source>Vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Resampler</source>
        <translation>重采样器</translation>
    </message>
    <message>
        <source>self-attention</source>
        <translation>自注意力</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>pooling by attention</source>
        <translation>注意力池化</translation>
    </message>
    <message>
        <source>coarse attention</source>
        <translation>粗粒度注意力</translation>
    </message>
    <message>
        <source>low-rank attention</source>
        <translation>低秩注意力</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>product of two maps</source>
        <translation>两张图之积</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>tower: kind of attention</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>HeadWords</name>
    <message>
        <source>Layer %1, head %2</source>
        <translation>第 %1 层，第 %2 头</translation>
    </message>
    <message>
        <source>Strongest: %1 with %2</source>
        <translation>最强：%1，%2</translation>
    </message>
    <message>
        <source>Entropy of this row: %1 nats</source>
        <translation>此行的熵：%1 nat</translation>
    </message>
    <message>
        <source>patch (%1, %2)</source>
        <translation>图块 (%1, %2)</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>键：%1</translation>
    </message>
    <message>
        <source>query %1</source>
        <translation>查询：%1</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>奈特</translation>
    </message>
    <message>
        <source>patches</source>
        <translation>图像块</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>%1: %2 (mean of all queries)</source>
        <translation>%1：%2(所有查询的均值)</translation>
    </message>
    <message>
        <source>As in the baseline</source>
        <translation>与基线相同</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Mouse over a patch</source>
        <translation>鼠标停在图像块上</translation>
    </message>
    <message>
        <source>it becomes the query, and all maps follow</source>
        <translation>它成为查询，所有图随之变化</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>单击</translation>
    </message>
    <message>
        <source>pins the query; the mouse then reads the weight of any other patch</source>
        <translation>固定查询；此后鼠标可读取其他任何图像块的权重</translation>
    </message>
    <message>
        <source>Arrows, Enter</source>
        <translation>方向键、回车</translation>
    </message>
    <message>
        <source>move the query, pin it</source>
        <translation>移动查询，固定它</translation>
    </message>
    <message>
        <source>Wheel, + and −</source>
        <translation>滚轮、+ 和 −</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Shift and drag</source>
        <translation>按住 Shift 拖动</translation>
    </message>
    <message>
        <source>moves the picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>resets the zoom</source>
        <translation>恢复缩放</translation>
    </message>
    <message>
        <source>Alt and drag</source>
        <translation>按住 Alt 拖动</translation>
    </message>
    <message>
        <source>carries the figure into another program</source>
        <translation>把图拖到其他程序中</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头</translation>
    </message>
    <message>
        <source>chooses the head</source>
        <translation>选择这个头</translation>
    </message>
    <message>
        <source>Ctrl and click</source>
        <translation>按住 Ctrl 单击</translation>
    </message>
    <message>
        <source>lays the head over the chosen one, in another colour</source>
        <translation>用另一种颜色把这个头叠加到所选头上</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>go from head to head</source>
        <translation>逐个移动到其他头</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>silences the head, or lets it write again</source>
        <translation>关闭这个头，或让它重新输出</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>what else can be done with it</source>
        <translation>还能用它做什么</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Click, drag, wheel, arrows</source>
        <translation>单击、拖动、滚轮、方向键</translation>
    </message>
    <message>
        <source>choose the layer</source>
        <translation>选择层</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>5.3, layer 5, token 7, patch 3,5</source>
        <translation>5.3、layer 5、token 7、patch 3,5</translation>
    </message>
    <message>
        <source>typed there, go to this head, layer, token or patch</source>
        <translation>在那里键入，即跳到该头、层、词元或图像块</translation>
    </message>
    <message>
        <source>Presenter mode</source>
        <translation>演示模式</translation>
    </message>
    <message>
        <source>Space, Right, Page down</source>
        <translation>空格、右、下一页</translation>
    </message>
    <message>
        <source>go on in the lesson</source>
        <translation>课程前进一步</translation>
    </message>
    <message>
        <source>Backspace, Left, Page up</source>
        <translation>退格、左、上一页</translation>
    </message>
    <message>
        <source>go back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>0 to 9</source>
        <translation>0 到 9</translation>
    </message>
    <message>
        <source>choose a head, or an answer where the lesson asks for one</source>
        <translation>选择头；课程提问时选择答案</translation>
    </message>
    <message>
        <source>Ctrl and +, − or 0</source>
        <translation>Ctrl 加 +、− 或 0</translation>
    </message>
    <message>
        <source>size of the type</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>leaves it</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Drop a file or folder</source>
        <translation>拖入文件或文件夹</translation>
    </message>
    <message>
        <source>opens a picture, film, model or session</source>
        <translation>打开图片、影片、模型或会话</translation>
    </message>
    <message>
        <source>Nothing here speaks of “%1”.</source>
        <translation>这里没有提到“%1”。</translation>
    </message>
    <message>
        <source>Brush: drag</source>
        <translation>画笔：拖动</translation>
    </message>
    <message>
        <source>hides or covers patches; the right button erases, Space paints the query, Esc ends it</source>
        <translation>隐藏或盖住图块；右键擦除，空格涂抹查询，Esc 结束</translation>
    </message>
    <message>
        <source>draws a band: the heads it touches go off together, or write again</source>
        <translation>拉出选框：碰到的头一起关闭，或重新写入</translation>
    </message>
    <message>
        <source>Middle button, drag up or down</source>
        <translation>中键上下拖动</translation>
    </message>
    <message>
        <source>makes the head louder or softer; without a drag it is silenced</source>
        <translation>使头更强或更弱；不拖动则关闭它</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>hides words from the model, or lets it see them again</source>
        <translation>对模型隐藏词，或让它重新看到</translation>
    </message>
</context>
<context>
    <name>InterventionPlaces</name>
    <message>
        <source>Switches the chosen head off (X in the head grid)</source>
        <translation>关闭所选的头（在头网格中按 X）</translation>
    </message>
    <message>
        <source>Switches every head of the chosen layer off</source>
        <translation>关闭所选层的每个头</translation>
    </message>
    <message>
        <source>What the attention of the chosen layer adds, switched off</source>
        <translation>关闭所选层的注意力所加入的部分</translation>
    </message>
    <message>
        <source>What the MLP of the chosen layer adds, switched off</source>
        <translation>关闭所选层的 MLP 所加入的部分</translation>
    </message>
    <message>
        <source>The chosen layer passes on what it gets</source>
        <translation>所选的层原样传递它收到的内容</translation>
    </message>
    <message>
        <source>The chosen head says at every token what it says on average over all of them</source>
        <translation>所选的头在每个词元处都给出它对所有词元的平均输出</translation>
    </message>
    <message>
        <source>No token sees the register tokens any more</source>
        <translation>任何词元都不再看到寄存器词元</translation>
    </message>
    <message>
        <source>Pin a token first: click a patch or a word</source>
        <translation>请先固定一个词元：点击一个图块或词</translation>
    </message>
    <message>
        <source>Nobody sees the pinned token any more</source>
        <translation>任何词元都不再看到固定的词元</translation>
    </message>
    <message>
        <source>Cut in all heads</source>
        <translation>在所有头中切断</translation>
    </message>
    <message>
        <source>Pin a token, then point at the one it shall not see any more</source>
        <translation>固定一个词元，再指向它不应再看到的那一个</translation>
    </message>
    <message>
        <source>Token %1 sees token %2 in no head any more</source>
        <translation>词元 %1 在任何头中都不再看到词元 %2</translation>
    </message>
    <message>
        <source>Token %1 no longer sees token %2 in the chosen head</source>
        <translation>在所选的头中，词元 %1 不再看到词元 %2</translation>
    </message>
    <message>
        <source>Through windows and between two sequences no token can be hidden; switch heads off instead</source>
        <translation>有窗口的模型或两个序列之间无法隐藏词元；请改为关闭头</translation>
    </message>
    <message>
        <source>Head %1.%2 off</source>
        <translation>关闭头 %1.%2</translation>
    </message>
    <message>
        <source>All heads off</source>
        <translation>关闭所有头</translation>
    </message>
    <message>
        <source>Attention off</source>
        <translation>关闭注意力</translation>
    </message>
    <message>
        <source>MLP off</source>
        <translation>关闭 MLP</translation>
    </message>
    <message>
        <source>Layer %1 off</source>
        <translation>关闭第 %1 层</translation>
    </message>
    <message>
        <source>Head by its mean</source>
        <translation>头以均值代替</translation>
    </message>
    <message>
        <source>Registers off</source>
        <translation>关闭寄存器</translation>
    </message>
    <message>
        <source>Hide token %1</source>
        <translation>隐藏词元 %1</translation>
    </message>
    <message>
        <source>Hide token</source>
        <translation>隐藏词元</translation>
    </message>
    <message>
        <source>Cut link</source>
        <translation>切断连接</translation>
    </message>
    <message>
        <source>Patch layer %1</source>
        <translation>从基线替换第 %1 层</translation>
    </message>
    <message>
        <source>What enters the chosen layer is taken from the baseline</source>
        <translation>进入所选层的内容取自基线</translation>
    </message>
    <message>
        <source>Patch MLP</source>
        <translation>替换 MLP</translation>
    </message>
    <message>
        <source>What the MLP of the chosen layer adds is taken from the baseline</source>
        <translation>所选层的 MLP 所加的内容取自基线</translation>
    </message>
    <message>
        <source>Patch head</source>
        <translation>替换头</translation>
    </message>
    <message>
        <source>What the chosen head adds is taken from the baseline</source>
        <translation>所选头所加的内容取自基线</translation>
    </message>
    <message>
        <source>Mean over a set…</source>
        <translation>一组输入的均值…</translation>
    </message>
    <message>
        <source>The chosen head says what it says on average over a folder of pictures or a file of texts</source>
        <translation>所选头输出它在一个图片文件夹或文本文件上的平均输出</translation>
    </message>
    <message>
        <source>Steer…</source>
        <translation>引导…</translation>
    </message>
    <message>
        <source>Adds a direction behind the chosen layer: the mean over one set of inputs less that over another</source>
        <translation>在所选层之后加上一个方向：一组输入的均值减去另一组的均值</translation>
    </message>
    <message>
        <source>At token %1</source>
        <translation>在词元 %1 处</translation>
    </message>
    <message>
        <source>At every token</source>
        <translation>在每个词元处</translation>
    </message>
    <message>
        <source>Set the baseline (H) on one input, then open the other</source>
        <translation>先在一个输入上设定基线（H），再打开另一个输入</translation>
    </message>
    <message>
        <source>The baseline has another number of tokens than what is shown</source>
        <translation>基线的词元数与当前显示的不同</translation>
    </message>
    <message>
        <source>Through windows and between two sequences no single token can be patched</source>
        <translation>在窗口之间或两个序列之间不能替换单个词元</translation>
    </message>
</context>
<context>
    <name>Interventions</name>
    <message>
        <source>all tokens</source>
        <translation>所有词元</translation>
    </message>
    <message>
        <source>Cut %1 in every head</source>
        <translation>在每个头中切断 %1</translation>
    </message>
    <message>
        <source>Cut %1 in head %2.%3</source>
        <translation>在头 %2.%3 中切断 %1</translation>
    </message>
    <message>
        <source>All heads of layer %1</source>
        <translation>第 %1 层的所有头</translation>
    </message>
    <message>
        <source>Head %1.%2</source>
        <translation>头 %1.%2</translation>
    </message>
    <message>
        <source>Attention of layer %1</source>
        <translation>第 %1 层的注意力</translation>
    </message>
    <message>
        <source>MLP of layer %1</source>
        <translation>第 %1 层的 MLP</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Words hidden: %1</source>
        <translation>隐藏的词：%1</translation>
    </message>
    <message>
        <source>Tokens hidden: %1</source>
        <translation>隐藏的词元：%1</translation>
    </message>
    <message>
        <source>Patches covered by the mean: %1</source>
        <translation>用均值盖住的图块：%1</translation>
    </message>
    <message>
        <source>Patches blurred: %1</source>
        <translation>模糊的图块：%1</translation>
    </message>
    <message>
        <source>Patches covered by zero: %1</source>
        <translation>用零盖住的图块：%1</translation>
    </message>
    <message>
        <source>%1 by its mean</source>
        <translation>%1 以其均值代替</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1 关闭</translation>
    </message>
    <message>
        <source>Into layer %1 from the baseline: %2</source>
        <translation>第 %1 层的输入取自基线：%2</translation>
    </message>
    <message>
        <source>Attention of layer %1 from the baseline: %2</source>
        <translation>第 %1 层的注意力取自基线：%2</translation>
    </message>
    <message>
        <source>MLP of layer %1 from the baseline: %2</source>
        <translation>第 %1 层的 MLP 取自基线：%2</translation>
    </message>
    <message>
        <source>Head %1.%2 from the baseline: %3</source>
        <translation>头 %1.%2 取自基线：%3</translation>
    </message>
    <message>
        <source>Layer %1 steered: %2 − %3</source>
        <translation>引导第 %1 层：%2 − %3</translation>
    </message>
    <message>
        <source>%1 by its mean over %2</source>
        <translation>%1 换为它在 %2 上的均值</translation>
    </message>
</context>
<context>
    <name>Methods</name>
    <message>
        <source>open a model with windows, such as a Swin</source>
        <translation>请打开带窗口的模型，例如 Swin</translation>
    </message>
    <message>
        <source>effective map</source>
        <translation>有效图</translation>
    </message>
    <message>
        <source>What reaches a layer of a Swin through its windows and stages: our own definition</source>
        <translation>经过 Swin 的各窗口与各阶段后到达某一层的内容：本软件自己的定义</translation>
    </message>
    <message>
        <source>Effective map up to this layer, through windows and merging: our own definition</source>
        <translation>到本层为止的有效图，经过窗口与合并：本软件自己的定义</translation>
    </message>
    <message>
        <source>open a model with a classifier, one that writes, or one that compares texts with pictures</source>
        <translation>请打开带分类器的模型、会写文本的模型，或把文本与图片作比较的模型</translation>
    </message>
    <message>
        <source>relevance for the answer</source>
        <translation>对答案的相关性</translation>
    </message>
    <message>
        <source>Which tokens a score rests on: attention weighted by its gradient and carried through the layers (Chefer and others 2021)</source>
        <translation>一个分数所依据的词元：以梯度加权的注意力逐层传递(Chefer 等,2021)</translation>
    </message>
    <message>
        <source>What “%1” rests on: attention weighted by its gradient (Chefer and others 2021)</source>
        <translation>“%1”的依据：以梯度加权的注意力(Chefer 等,2021)</translation>
    </message>
    <message>
        <source>open a model that compares texts with pictures, such as CLIP</source>
        <translation>请打开把文本与图片作比较的模型，例如 CLIP</translation>
    </message>
    <message>
        <source>similarity to the text</source>
        <translation>与文本的相似度</translation>
    </message>
    <message>
        <source>The cosine of every patch with a text, in the space where the model compares them</source>
        <translation>每个图块与文本的余弦，取自模型比较二者的空间</translation>
    </message>
    <message>
        <source>How much each patch has to do with “%1”: the cosine of the two</source>
        <translation>每个图块与“%1”的关联程度：二者的余弦</translation>
    </message>
    <message>
        <source>received attention</source>
        <translation>收到的注意力</translation>
    </message>
    <message>
        <source>How much attention every token of the block receives from all others together</source>
        <translation>模块中每个词元从所有其他词元合计收到的注意力</translation>
    </message>
    <message>
        <source>Attention each token receives in its block (1: as much as it gives)</source>
        <translation>每个词元在其模块中收到的注意力（1：与其给出的一样多）</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>How widely every token spreads its attention: 0 on a single one, the logarithm of their number on all alike</source>
        <translation>每个词元把注意力铺得多开：只看一个时为 0，平均看全部时为其数目的对数</translation>
    </message>
    <message>
        <source>Entropy of each token&apos;s attention, in nats</source>
        <translation>每个词元注意力的熵，单位为奈特</translation>
    </message>
    <message>
        <source>mean distance</source>
        <translation>平均距离</translation>
    </message>
    <message>
        <source>How far away the patches lie that every token attends to</source>
        <translation>每个词元所关注的图块有多远</translation>
    </message>
    <message>
        <source>Mean attention distance of each token, in pixels</source>
        <translation>每个词元的平均注意力距离，单位为像素</translation>
    </message>
    <message>
        <source>attention roll-out</source>
        <translation>注意力展开</translation>
    </message>
    <message>
        <source>The attention of all layers multiplied, half of every token carried along (Abnar and Zuidema 2020); it knows no class</source>
        <translation>所有层的注意力相乘，每个词元保留一半(Abnar 与 Zuidema,2020)；它不区分类别</translation>
    </message>
    <message>
        <source>Attention roll-out: all layers multiplied, half of every token carried along</source>
        <translation>注意力展开：所有层相乘，每个词元保留一半</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>Share of the smallest weights left out</source>
        <translation>略去的最小权重所占比例</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>修正版</translation>
    </message>
    <message>
        <source>published</source>
        <translation>发表版</translation>
    </message>
    <message>
        <source>First block</source>
        <translation>起始模块</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>attention CAM</source>
        <translation>注意力 CAM</translation>
    </message>
    <message>
        <source>Where the class token looks in the last block, each head weighted by the mean gradient of its attention (Chefer and others 2021)</source>
        <translation>类别标记在最后一块里看哪里，每个头按其注意力的平均梯度加权（Chefer 等人 2021）</translation>
    </message>
    <message>
        <source>Attention CAM for “%1”: heads of the last block weighted by their gradient</source>
        <translation>“%1”的注意力 CAM：最后一块的各个头按梯度加权</translation>
    </message>
    <message>
        <source>Baseline of Chefer, Gur and Wolf 2021, arXiv 2012.09838</source>
        <translation>Chefer、Gur、Wolf 2021 的对照方法，arXiv 2012.09838</translation>
    </message>
    <message>
        <source>attention flow</source>
        <translation>注意力流</translation>
    </message>
    <message>
        <source>Attention as pipes: how much could flow from a token of the last layer to every token of the first (Abnar and Zuidema 2020); it knows no class, and takes long</source>
        <translation>把注意力当作管道：从最后一层的一个标记最多能有多少流到第一层的每个标记（Abnar 与 Zuidema 2020）；它不知道类别，而且很慢</translation>
    </message>
    <message>
        <source>Attention flow: the largest flow through all layers</source>
        <translation>注意力流：穿过所有层的最大流</translation>
    </message>
    <message>
        <source>Abnar and Zuidema 2020, arXiv 2005.00928</source>
        <translation>Abnar 与 Zuidema 2020，arXiv 2005.00928</translation>
    </message>
    <message>
        <source>Weights below this are left out</source>
        <translation>略去小于它的权重</translation>
    </message>
    <message>
        <source>The gradient is exactly zero at this place: the patches no longer reach the score. Choose the first norm, or an earlier block.</source>
        <translation>这里的梯度恰好为零：图块已经影响不到得分。请选第一个归一化，或更早的块。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>norm1</source>
        <translation>第一个归一化</translation>
    </message>
    <message>
        <source>norm2</source>
        <translation>第二个归一化</translation>
    </message>
    <message>
        <source>output</source>
        <translation>块的输出</translation>
    </message>
    <message>
        <source>relevance by LRP</source>
        <translation>LRP 相关性</translation>
    </message>
    <message>
        <source>Relevance handed back layer by layer (LRP), times the gradient of attention, carried through the layers (Chefer and others, CVPR 2021)</source>
        <translation>逐层传回的相关性（LRP）乘以注意力的梯度，并带过各层（Chefer 等人，CVPR 2021）</translation>
    </message>
    <message>
        <source>What “%1” rests on, by layer-wise relevance propagation (Chefer and others)</source>
        <translation>“%1”建立在什么上：逐层相关性传播（Chefer 等人）</translation>
    </message>
    <message>
        <source>Chefer, Gur and Wolf 2021 (CVPR), arXiv 2012.09838</source>
        <translation>Chefer、Gur、Wolf 2021（CVPR），arXiv 2012.09838</translation>
    </message>
    <message>
        <source>As published for</source>
        <translation>发表时用于</translation>
    </message>
    <message>
        <source>vit</source>
        <translation>ViT</translation>
    </message>
    <message>
        <source>bert</source>
        <translation>BERT</translation>
    </message>
    <message>
        <source>Computed in</source>
        <translation>计算精度</translation>
    </message>
    <message>
        <source>Our own definition: there is no published one</source>
        <translation>我们自己的定义：没有发表过的</translation>
    </message>
    <message>
        <source>Eigen-CAM</source>
        <translation>Eigen-CAM</translation>
    </message>
    <message>
        <source>The first principal component of the activations (Muhammad and Yeasin 2020); it knows no class</source>
        <translation>激活的第一主成分（Muhammad 与 Yeasin 2020）；它不知道类别</translation>
    </message>
    <message>
        <source>Eigen-CAM: the first principal component of the activations; it knows no class</source>
        <translation>Eigen-CAM：激活的第一主成分；它不知道类别</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Every channel of the activations, weighted by the mean gradient of the score over all patches (Selvaraju and others 2017)</source>
        <translation>激活的每个通道，按得分对所有图块的平均梯度加权（Selvaraju 等人 2017）</translation>
    </message>
    <message>
        <source>Grad-CAM for “%1”: channels weighted by their mean gradient</source>
        <translation>“%1”的 Grad-CAM：各通道按平均梯度加权</translation>
    </message>
    <message>
        <source>Grad-CAM++</source>
        <translation>Grad-CAM++</translation>
    </message>
    <message>
        <source>Grad-CAM with weights from powers of the gradient (Chattopadhay and others 2018); they are not free of scale on transformers</source>
        <translation>用梯度的幂作权重的 Grad-CAM（Chattopadhay 等人 2018）；在 transformer 上，这些权重与尺度有关</translation>
    </message>
    <message>
        <source>Grad-CAM++ for “%1”: channels weighted by powers of the gradient</source>
        <translation>“%1”的 Grad-CAM++：各通道按梯度的幂加权</translation>
    </message>
    <message>
        <source>gradient roll-out</source>
        <translation>梯度展开</translation>
    </message>
    <message>
        <source>Attention times its gradient, the layers multiplied (vit-explain): what is carried to the class token in favour of a score</source>
        <translation>注意力乘以它的梯度，各层相乘（vit-explain）：什么被带到类别标记、对得分有利</translation>
    </message>
    <message>
        <source>Gradient roll-out for “%1”: attention times its gradient, layers multiplied</source>
        <translation>“%1”的梯度展开：注意力乘以梯度，各层相乘</translation>
    </message>
    <message>
        <source>vit-explain (Gildenblat 2020), its three slips corrected</source>
        <translation>vit-explain（Gildenblat 2020），三处疏漏已更正</translation>
    </message>
    <message>
        <source>axis</source>
        <translation>原来的轴</translation>
    </message>
    <message>
        <source>gradient x input</source>
        <translation>梯度×输入</translation>
    </message>
    <message>
        <source>Every number of the input times the gradient of the score there: what a straight line through the origin would owe to it</source>
        <translation>输入的每个数乘以得分在那里的梯度：过原点的直线会归功于它多少</translation>
    </message>
    <message>
        <source>Gradient times input for “%1”, summed over every patch</source>
        <translation>“%1”的梯度×输入，按图块求和</translation>
    </message>
    <message>
        <source>Shrikumar and others 2016, arXiv 1605.01713</source>
        <translation>Shrikumar 等人 2016，arXiv 1605.01713</translation>
    </message>
    <message>
        <source>HiResCAM</source>
        <translation>HiResCAM</translation>
    </message>
    <message>
        <source>Activations times their gradient, patch by patch: every number counts where it stands (Draelos and Carin 2020)</source>
        <translation>激活逐图块乘以梯度：每个数都算在它所在的地方（Draelos 与 Carin 2020）</translation>
    </message>
    <message>
        <source>HiResCAM for “%1”: activations times gradient, patch by patch</source>
        <translation>“%1”的 HiResCAM：激活逐图块乘以梯度</translation>
    </message>
    <message>
        <source>integrated gradients</source>
        <translation>积分梯度</translation>
    </message>
    <message>
        <source>The gradient averaged along the way from an empty input, times the input (Sundararajan and others 2017): adds up to what the input adds to the score</source>
        <translation>沿着从空输入出发的路径平均梯度，再乘以输入（Sundararajan 等人 2017）：总和就是输入给得分增加的量</translation>
    </message>
    <message>
        <source>Integrated gradients for “%1”, summed over every patch</source>
        <translation>“%1”的积分梯度，按图块求和</translation>
    </message>
    <message>
        <source>Sundararajan, Taly and Yan 2017, arXiv 1703.01365</source>
        <translation>Sundararajan、Taly、Yan 2017，arXiv 1703.01365</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps at</source>
        <translation>取点</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左端</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右端</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中点</translation>
    </message>
    <message>
        <source>trapezoid</source>
        <translation>梯形</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>零</translation>
    </message>
    <message>
        <source>black</source>
        <translation>黑</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白</translation>
    </message>
    <message>
        <source>pad</source>
        <translation>填充标记</translation>
    </message>
    <message>
        <source>LayerCAM</source>
        <translation>LayerCAM</translation>
    </message>
    <message>
        <source>Activations times what of their gradient is positive, patch by patch (Jiang and others 2021)</source>
        <translation>激活逐图块乘以梯度中为正的部分（Jiang 等人 2021）</translation>
    </message>
    <message>
        <source>LayerCAM for “%1”: activations times their positive gradient</source>
        <translation>“%1”的 LayerCAM：激活乘以正的梯度</translation>
    </message>
    <message>
        <source>open a model without memories and without blocks that leave tokens out: gradients do not follow these</source>
        <translation>请打开没有记忆、也没有会略过标记的块的模型：梯度跟不过这些</translation>
    </message>
    <message>
        <source>open a model whose tokens all see each other: no windows</source>
        <translation>请打开所有标记都互相看得见的模型：没有窗口</translation>
    </message>
    <message>
        <source>open a model that looks at pictures</source>
        <translation>请打开看图片的模型</translation>
    </message>
    <message>
        <source>occlusion</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>What the score loses when a window of the picture is covered (Zeiler and Fergus 2014)</source>
        <translation>盖住图片的一个窗口时，得分失去多少（Zeiler 与 Fergus 2014）</translation>
    </message>
    <message>
        <source>Occlusion: what “%1” loses when a window of the picture is covered</source>
        <translation>遮挡：盖住图片的一个窗口时，“%1”失去多少</translation>
    </message>
    <message>
        <source>Zeiler and Fergus 2014, arXiv 1311.2901</source>
        <translation>Zeiler 与 Fergus 2014，arXiv 1311.2901</translation>
    </message>
    <message>
        <source>Window in pixels; 0: a patch</source>
        <translation>窗口（像素）；0：一个图块</translation>
    </message>
    <message>
        <source>Stride in pixels; 0: a patch</source>
        <translation>步距（像素）；0：一个图块</translation>
    </message>
    <message>
        <source>patches left out</source>
        <translation>略去图块</translation>
    </message>
    <message>
        <source>What the score loses when no token may look at one patch, every patch in turn; nothing is put in its place</source>
        <translation>任何标记都不能看某个图块时，得分失去多少，每个图块轮流一次；不用别的东西代替它</translation>
    </message>
    <message>
        <source>What “%1” loses when nobody may look at a patch</source>
        <translation>谁也不能看一个图块时，“%1”失去多少</translation>
    </message>
    <message>
        <source>Ours; the ablation of tokens by attention masks</source>
        <translation>我们的；用注意力掩码消融标记</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Numbers that know nothing of the model: the control that every explanation has to beat</source>
        <translation>对模型一无所知的数字：每种解释都必须胜过的对照</translation>
    </message>
    <message>
        <source>Random numbers: a control</source>
        <translation>随机数：对照</translation>
    </message>
    <message>
        <source>Ours: a control</source>
        <translation>我们的：对照</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>raw attention</source>
        <translation>原始注意力</translation>
    </message>
    <message>
        <source>Where one token looks in one block: its attention, of all heads together; it knows no class</source>
        <translation>一个标记在一块里看哪里：它的注意力，所有头合在一起；它不知道类别</translation>
    </message>
    <message>
        <source>Attention of one token in one block, heads together</source>
        <translation>一个标记在一块里的注意力，各头合在一起</translation>
    </message>
    <message>
        <source>Vaswani and others 2017, arXiv 1706.03762</source>
        <translation>Vaswani 等人 2017，arXiv 1706.03762</translation>
    </message>
    <message>
        <source>Chefer, Gur and Wolf 2021 (ICCV), arXiv 2103.15679</source>
        <translation>Chefer、Gur、Wolf 2021（ICCV），arXiv 2103.15679</translation>
    </message>
    <message>
        <source>First block of the text</source>
        <translation>文本的第一块</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>cls</source>
        <translation>类别标记</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>各个特殊标记</translation>
    </message>
    <message>
        <source>as read</source>
        <translation>按得分读取的</translation>
    </message>
    <message>
        <source>Abnar and Zuidema 2020, arXiv 2005.00928; discard ratio: vit-explain</source>
        <translation>Abnar 与 Zuidema 2020，arXiv 2005.00928；丢弃比例：vit-explain</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>块</translation>
    </message>
    <message>
        <source>Filled with</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Radford and others 2021, arXiv 2103.00020</source>
        <translation>Radford 等人 2021，arXiv 2103.00020</translation>
    </message>
    <message>
        <source>SmoothGrad</source>
        <translation>SmoothGrad</translation>
    </message>
    <message>
        <source>The gradient of the score at the input, averaged over noisy copies of it (Smilkov and others 2017): how strongly every pixel would move the score</source>
        <translation>得分在输入处的梯度，对加了噪声的副本取平均（Smilkov 等人 2017）：每个像素会多强地推动得分</translation>
    </message>
    <message>
        <source>SmoothGrad for “%1”: the size of the mean gradient over noisy copies</source>
        <translation>“%1”的 SmoothGrad：噪声副本上平均梯度的大小</translation>
    </message>
    <message>
        <source>Smilkov and others 2017, arXiv 1706.03825</source>
        <translation>Smilkov 等人 2017，arXiv 1706.03825</translation>
    </message>
    <message>
        <source>Noisy copies</source>
        <translation>噪声副本数</translation>
    </message>
    <message>
        <source>Noise, as a share of the range of the input</source>
        <translation>噪声，占输入范围的比例</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>乘以</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Ours: the sum of a column</source>
        <translation>我们的：一列之和</translation>
    </message>
    <message>
        <source>Shannon 1948; of heads: Clark and others 2019, arXiv 1906.04341</source>
        <translation>Shannon 1948；用于头：Clark 等人 2019，arXiv 1906.04341</translation>
    </message>
    <message>
        <source>Dosovitskiy and others 2021, arXiv 2010.11929, figure 7</source>
        <translation>Dosovitskiy 等人 2021，arXiv 2010.11929，图 7</translation>
    </message>
    <message>
        <source>attention weighted by values</source>
        <translation>按值加权的注意力</translation>
    </message>
    <message>
        <source>How much every token brings to another one: its weight times the length of what it adds (Kobayashi and others 2020); a large weight on nothing is nothing</source>
        <translation>每个标记给另一个标记带来多少：权重乘以所加内容的长度（Kobayashi 等人 2020）；大权重乘以空无仍是空无</translation>
    </message>
    <message>
        <source>Attention of one token in one block, weighted by the norm of what is added</source>
        <translation>一个标记在一块里的注意力，按所加内容的范数加权</translation>
    </message>
    <message>
        <source>Kobayashi and others 2020, arXiv 2004.10102</source>
        <translation>Kobayashi 等人 2020，arXiv 2004.10102</translation>
    </message>
    <message>
        <source>XGrad-CAM</source>
        <translation>XGrad-CAM</translation>
    </message>
    <message>
        <source>Channels weighted by gradient times activation (Fu and others 2020); it presumes activations that are not negative, which those of a transformer are: its weights may explode</source>
        <translation>各通道按梯度乘激活加权（Fu 等人 2020）；它假定激活不为负，而 transformer 的激活有负值：权重可能爆炸</translation>
    </message>
    <message>
        <source>XGrad-CAM for “%1”: made for activations that are never negative</source>
        <translation>“%1”的 XGrad-CAM：本为从不为负的激活而设</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>How widely queries spread their attention, in nats</source>
        <translation>查询的注意力分散程度，单位为奈特</translation>
    </message>
    <message>
        <source>Normalised entropy</source>
        <translation>归一化熵</translation>
    </message>
    <message>
        <source>Entropy as a share of that of uniform attention</source>
        <translation>熵占均匀注意力之熵的比例</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>How far away the looked-at patches lie, in pixels; of a text in tokens</source>
        <translation>所看的图块有多远，以像素计；文本以词元计</translation>
    </message>
    <message>
        <source>On CLS</source>
        <translation>给 CLS</translation>
    </message>
    <message>
        <source>Share that the class token gets</source>
        <translation>分类词元得到的份额</translation>
    </message>
    <message>
        <source>On registers</source>
        <translation>给寄存器</translation>
    </message>
    <message>
        <source>Share that all registers get together</source>
        <translation>所有寄存器词元共得到的份额</translation>
    </message>
    <message>
        <source>On the first token</source>
        <translation>给首词元</translation>
    </message>
    <message>
        <source>Share that the first token of the sequence gets</source>
        <translation>序列首词元得到的份额</translation>
    </message>
    <message>
        <source>On itself</source>
        <translation>给自身</translation>
    </message>
    <message>
        <source>Share that the query&apos;s own token gets</source>
        <translation>查询自身词元得到的份额</translation>
    </message>
    <message>
        <source>On the previous token</source>
        <translation>给前一词元</translation>
    </message>
    <message>
        <source>Share that the token before the query gets</source>
        <translation>查询前一个词元得到的份额</translation>
    </message>
    <message>
        <source>On the same word</source>
        <translation>给相同的词</translation>
    </message>
    <message>
        <source>Share that the same token elsewhere in the text gets</source>
        <translation>文中别处相同词元得到的份额</translation>
    </message>
    <message>
        <source>Within 1</source>
        <translation>距离 1 内</translation>
    </message>
    <message>
        <source>Share that patches or tokens within a distance of 1 get, the query&apos;s own included</source>
        <translation>距离 1 以内的图块或词元（含自身）得到的份额</translation>
    </message>
    <message>
        <source>Within 2</source>
        <translation>距离 2 内</translation>
    </message>
    <message>
        <source>Share that patches or tokens within a distance of 2 get, the query&apos;s own included</source>
        <translation>距离 2 以内的图块或词元（含自身）得到的份额</translation>
    </message>
    <message>
        <source>On the same keys</source>
        <translation>看相同的键</translation>
    </message>
    <message>
        <source>How much all queries look at the same few keys: 0 at all alike, 1 at a single one</source>
        <translation>所有查询看同几个键的程度：0 为均匀，1 为只看一个</translation>
    </message>
    <message>
        <source>After the same word</source>
        <translation>给同词之后</translation>
    </message>
    <message>
        <source>Share that tokens behind earlier occurrences of the query get</source>
        <translation>此前同词之后的词元得到的份额</translation>
    </message>
    <message>
        <source>On the same word before</source>
        <translation>给此前同词</translation>
    </message>
    <message>
        <source>Share that earlier occurrences of the query get</source>
        <translation>此前相同的词得到的份额</translation>
    </message>
    <message>
        <source>On sinks</source>
        <translation>给汇点</translation>
    </message>
    <message>
        <source>Share that the first token, CLS, registers and other special tokens get</source>
        <translation>首词元、CLS、寄存器等特殊词元得到的份额</translation>
    </message>
    <message>
        <source>previous token</source>
        <translation>前一词元</translation>
    </message>
    <message>
        <source>more than half, as Clark and others count BERT&apos;s heads (2019)</source>
        <translation>超过一半，如 Clark 等人（2019）统计 BERT 的头</translation>
    </message>
    <message>
        <source>induction</source>
        <translation>归纳</translation>
    </message>
    <message>
        <source>most of what such a head does not leave on the first token, where it rests</source>
        <translation>这类头不停留在首词元上的注意力的大部分</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>sink</source>
        <translation>汇点</translation>
    </message>
    <message>
        <source>more than half of all attention rests there</source>
        <translation>超过一半的注意力停留在那里</translation>
    </message>
    <message>
        <source>local</source>
        <translation>局部</translation>
    </message>
    <message>
        <source>few patches get nearly half of all attention</source>
        <translation>少数图块得到近一半的注意力</translation>
    </message>
    <message>
        <source>vertical</source>
        <translation>竖条</translation>
    </message>
    <message>
        <source>what all queries look at together is narrow</source>
        <translation>所有查询共同所看的范围很窄</translation>
    </message>
    <message>
        <source>diffuse</source>
        <translation>弥散</translation>
    </message>
    <message>
        <source>nearly as wide as uniform attention</source>
        <translation>几乎与均匀注意力一样分散</translation>
    </message>
    <message>
        <source>attention distance of heads</source>
        <translation>各头的注意力距离</translation>
    </message>
    <message>
        <source>How far away every head looks, in pixels (figure 7 of the ViT paper), and what share special tokens get</source>
        <translation>每个头看多远（像素，ViT 论文图 7），以及特殊标记得到多少</translation>
    </message>
    <message>
        <source>similarity of layers (CKA)</source>
        <translation>各层的相似度（CKA）</translation>
    </message>
    <message>
        <source>How alike the features behind any two blocks are, over the patches or tokens of this input (Kornblith and others 2019)</source>
        <translation>任意两块之后的特征有多像，按这个输入的图块或标记计算（Kornblith 等人 2019）</translation>
    </message>
    <message>
        <source>deletion and insertion</source>
        <translation>删除与插入</translation>
    </message>
    <message>
        <source>How faithful a map is: how fast the probability of the class falls as its patches are covered, and rises as they are put back</source>
        <translation>热图有多可信：盖住它的图块时类别概率降得多快，放回时升得多快</translation>
    </message>
    <message>
        <source>open a ViT with a class token and a classifier, or a model that writes: one residual that a norm and one layer read</source>
        <translation>请打开带类别标记和分类器的 ViT，或会写作的模型：一条残差由一个归一化和一层读出</translation>
    </message>
    <message>
        <source>direct logit attribution</source>
        <translation>直接 logit 归因</translation>
    </message>
    <message>
        <source>What every head and every MLP adds to the score by itself, past all that follows</source>
        <translation>每个头和每个 MLP 自身给得分加了多少，不算后面的一切</translation>
    </message>
    <message>
        <source>entropy of heads</source>
        <translation>各头的熵</translation>
    </message>
    <message>
        <source>How widely every head spreads its attention, the mean of all queries; padding does not count</source>
        <translation>每个头把注意力分得多散，所有查询的平均；填充不算</translation>
    </message>
    <message>
        <source>statistics and patterns of heads</source>
        <translation>头的统计与模式</translation>
    </message>
    <message>
        <source>What every head does on the whole: entropy, distance, shares of its attention, and the pattern that it is named by</source>
        <translation>每个头的整体行为：熵、距离、注意力份额，以及据以命名的模式</translation>
    </message>
    <message>
        <source>Clark and others 2019, Olsson and others 2022, Xiao and others 2023; the correction for chance is ours</source>
        <translation>Clark 等 2019、Olsson 等 2022、Xiao 等 2023；对偶然性的校正为本程序所定义</translation>
    </message>
    <message>
        <source>logit lens</source>
        <translation>logit 透镜</translation>
    </message>
    <message>
        <source>What the classifier would say of every token behind every block</source>
        <translation>分类器对每块之后的每个标记会说什么</translation>
    </message>
    <message>
        <source>lengths of hidden states</source>
        <translation>隐藏状态的长度</translation>
    </message>
    <message>
        <source>How long every token&apos;s hidden state is behind every block, and which tokens are outliers</source>
        <translation>每个块之后各词元隐藏状态的长度，以及哪些词元异常</translation>
    </message>
    <message>
        <source>Darcet and others 2024, arXiv 2309.16588</source>
        <translation>Darcet 等人 2024，arXiv 2309.16588</translation>
    </message>
    <message>
        <source>Outliers lie above</source>
        <translation>异常值高于</translation>
    </message>
    <message>
        <source>similarity of tokens</source>
        <translation>词元的相似度</translation>
    </message>
    <message>
        <source>How alike one token&apos;s hidden state and all others are behind every block: the cosine of the two</source>
        <translation>每个块之后一个词元与其他词元的隐藏状态有多相似：两者的余弦</translation>
    </message>
    <message>
        <source>Ours; for patches of DINO as in Amir and others 2022, arXiv 2112.05814</source>
        <translation>本程序的定义；用于 DINO 图块时同 Amir 等 2022, arXiv 2112.05814</translation>
    </message>
    <message>
        <source>Computed block by block: the maps of all blocks do not fit into memory.</source>
        <translation>逐块计算：内存放不下所有块的注意力图。</translation>
    </message>
    <message>
        <source>heads off</source>
        <translation>关闭注意力头</translation>
    </message>
    <message>
        <source>What becomes of a score without some heads: their output is 0, or its mean over the tokens of this input</source>
        <translation>去掉若干头后分数如何变化：其输出为 0，或为本输入各 token 的均值</translation>
    </message>
    <message>
        <source>Instead</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>edges cut</source>
        <translation>切断的边</translation>
    </message>
    <message>
        <source>What becomes of a score when some tokens may no longer look at others in one head of a block</source>
        <translation>当某块某个头中一些 token 不能再看另一些时，分数如何变化</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切断方式</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>open a model whose patches all see each other: no windows</source>
        <translation>请打开所有图块互相可见的模型：不带窗口</translation>
    </message>
    <message>
        <source>patches hidden</source>
        <translation>隐藏的图块</translation>
    </message>
    <message>
        <source>What becomes of a score when no token of any block may look at some patches</source>
        <translation>当任何块的任何 token 都不能看某些图块时，分数如何变化</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>activations of another input</source>
        <translation>另一输入的激活</translation>
    </message>
    <message>
        <source>What becomes of a score when some tokens enter a block as they do for another input (activation patching)</source>
        <translation>当一些 token 以另一输入中的状态进入某块时，分数如何变化（激活修补）</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>open a model with one sequence whose tokens all see each other: no windows</source>
        <translation>请打开只有一个序列、所有 token 互相可见的模型：不带窗口</translation>
    </message>
    <message>
        <source>activation patching, token by token</source>
        <translation>激活修补（逐个 token）</translation>
    </message>
    <message>
        <source>Where the difference between two inputs is made: one token of one layer at a time is taken from the held run (activation patching)</source>
        <translation>两个输入的差别产生于何处：每次从保留的运行中取一层的一个 token（激活修补）</translation>
    </message>
    <message>
        <source>Taken over</source>
        <translation>换入</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>残差流</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>share of the difference</source>
        <translation>差别的份额</translation>
    </message>
    <message>
        <source>change of the score</source>
        <translation>分数变化</translation>
    </message>
    <message>
        <source>heads scaled</source>
        <translation>缩放注意力头</translation>
    </message>
    <message>
        <source>What becomes of a score when what some heads add is multiplied by a factor</source>
        <translation>把若干头的贡献乘以一个系数后，分数如何变化</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>every head off in turn</source>
        <translation>逐个关闭注意力头</translation>
    </message>
    <message>
        <source>What the score loses without each head of every block</source>
        <translation>逐个去掉每个块的每个头后，分数损失多少</translation>
    </message>
    <message>
        <source>what the score loses</source>
        <translation>分数损失</translation>
    </message>
    <message>
        <source>every layer off in turn</source>
        <translation>逐层关闭</translation>
    </message>
    <message>
        <source>What the score loses without the attention, the MLP or both of every block</source>
        <translation>逐块去掉注意力、MLP 或两者后，分数损失多少</translation>
    </message>
    <message>
        <source>Ours; ablation of layers</source>
        <translation>我们的定义；层消融</translation>
    </message>
    <message>
        <source>both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>open a model that reads pictures or text, not both</source>
        <translation>请打开只读图片或只读文本的模型</translation>
    </message>
    <message>
        <source>every patch or word hidden in turn</source>
        <translation>逐个隐藏图块或词</translation>
    </message>
    <message>
        <source>What the score loses when no token may look at one patch or word</source>
        <translation>当任何 token 都不能看某个图块或词时，分数损失多少</translation>
    </message>
    <message>
        <source>as published</source>
        <translation>按原论文</translation>
    </message>
    <message>
        <source>of what patches get</source>
        <translation>只计图块所得</translation>
    </message>
    <message>
        <source>share of special tokens</source>
        <translation>特殊 token 所占比例</translation>
    </message>
    <message>
        <source>The held run has another number of patches or tokens, so that its features cannot be compared.</source>
        <translation>保留的运行的图块或 token 数不同，因此无法比较其特征。</translation>
    </message>
    <message>
        <source>CKA</source>
        <translation>CKA</translation>
    </message>
    <message>
        <source>CKA, unbiased</source>
        <translation>CKA（无偏）</translation>
    </message>
    <message>
        <source>with the held run</source>
        <translation>与保留的运行相比</translation>
    </message>
    <message>
        <source>with the held run, unbiased</source>
        <translation>与保留的运行相比（无偏）</translation>
    </message>
    <message>
        <source>heads and MLPs</source>
        <translation>注意力头与 MLP</translation>
    </message>
    <message>
        <source>bias of the attention</source>
        <translation>注意力的偏置</translation>
    </message>
    <message>
        <source>what else adds to the score</source>
        <translation>分数的其他来源</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>bias of norm and head</source>
        <translation>归一化与分类头的偏置</translation>
    </message>
    <message>
        <source>in nats</source>
        <translation>以 nats 计</translation>
    </message>
    <message>
        <source>of the most there can be</source>
        <translation>占可能最大值的比例</translation>
    </message>
    <message>
        <source>similarity of heads</source>
        <translation>注意力头的相似度</translation>
    </message>
    <message>
        <source>How alike any two heads of the model look at this input</source>
        <translation>模型中任意两个注意力头看这一输入的方式有多相似</translation>
    </message>
    <message>
        <source>Divergence: Clark and others 2019, arXiv 1906.04341; the cosine is ours</source>
        <translation>散度：Clark 等 2019，arXiv 1906.04341；余弦为我们所加</translation>
    </message>
    <message>
        <source>Compared by</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>divergence</source>
        <translation>散度</translation>
    </message>
    <message>
        <source>open a ViT or DeiT with a classifier, or a model that writes</source>
        <translation>请打开带分类头的 ViT 或 DeiT，或会写文本的模型</translation>
    </message>
    <message>
        <source>place of the answer</source>
        <translation>答案的名次</translation>
    </message>
    <message>
        <source>score of the answer</source>
        <translation>答案的分数</translation>
    </message>
    <message>
        <source>lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>The held input has the same score as the shown one, both run with the changes of the shown run, so that nothing is left to be shared out among layers.</source>
        <translation>保留的输入与当前输入得分相同（两者都在当前运行的改动下运行），因此没有可在各层之间分摊的差异。</translation>
    </message>
    <message>
        <source>open a model that reads its score from a class token of the picture</source>
        <translation>打开一个从图片的类别词元读取分数的模型</translation>
    </message>
    <message>
        <source>open an encoder: this method follows one sequence that looks at itself</source>
        <translation>打开一个编码器：此方法只跟随一个关注自身的序列</translation>
    </message>
    <message>
        <source>Of what is read alone: roll-out is not defined through cross-attention.</source>
        <translation>仅针对被读取的序列：rollout 在交叉注意力上没有定义。</translation>
    </message>
    <message>
        <source>Tokens see only those before them: early ones gather the most, whatever they say.</source>
        <translation>词元只能看到它前面的词元：无论内容如何，靠前的词元总会积累最多。</translation>
    </message>
    <message>
        <source>open a model with a sequence all of whose tokens look at each other and at nothing else: no windows, no memories</source>
        <translation>打开一个含有“所有词元互相关注、且不关注其他内容”的序列的模型：没有窗口，没有记忆</translation>
    </message>
    <message>
        <source>open a Swin of version 1: version 2 norms what its heads add together, so that none adds anything by itself</source>
        <translation>打开 Swin 第 1 版：第 2 版会对各注意力头之和做归一化，因此没有哪个头能单独贡献内容</translation>
    </message>
    <message>
        <source>open a model that classifies pictures, or compares them with texts</source>
        <translation>打开一个对图片分类、或将图片与文本比较的模型</translation>
    </message>
    <message>
        <source>open another model: through a resampler, as this one reads pictures, no score is followed back</source>
        <translation>请打开另一个模型：本模型经重采样器读取图片，得分无法沿其回溯</translation>
    </message>
</context>
<context>
    <name>NotYet</name>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Nothing inspected yet</source>
        <translation>尚未检视任何内容</translation>
    </message>
</context>
<context>
    <name>OpenMenus</name>
    <message>
        <source>Nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Still looking…</source>
        <translation>仍在查找…</translation>
    </message>
    <message>
        <source>None found</source>
        <translation>没有找到</translation>
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
    <message>
        <source>Films (%1)</source>
        <translation>影片 (%1)</translation>
    </message>
    <message>
        <source>Sessions (%1)</source>
        <translation>会话 (%1)</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Type the number of a layer: 0 to %1.</source>
        <translation>请输入层号：0 到 %1。</translation>
    </message>
    <message>
        <source>There is no layer %1: the layers of this model are 0 to %2.</source>
        <translation>没有第 %1 层：此模型的层为 0 到 %2。</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>层 %1</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Type the number of a head: 0 to %1.</source>
        <translation>请输入头号：0 到 %1。</translation>
    </message>
    <message>
        <source>Layer %1 has no head %2: its heads are 0 to %3.</source>
        <translation>第 %1 层没有头 %2：它的头为 0 到 %3。</translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>层 %1，头 %2</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>词元 %1</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Type the number of a token: 0 to %1.</source>
        <translation>请输入词元号：0 到 %1。</translation>
    </message>
    <message>
        <source>There is no token %1: the tokens of this input are 0 to %2.</source>
        <translation>没有词元 %1：此输入的词元为 0 到 %2。</translation>
    </message>
    <message>
        <source>This input has no patches: it is a text.</source>
        <translation>此输入没有图像块：它是文本。</translation>
    </message>
    <message>
        <source>Type row and column of a patch, as in 3,5: rows are 0 to %1, columns 0 to %2.</source>
        <translation>请输入图像块的行和列，例如 3,5：行为 0 到 %1，列为 0 到 %2。</translation>
    </message>
    <message>
        <source>There is no patch in row %1, column %2: rows are 0 to %3, columns 0 to %4.</source>
        <translation>第 %1 行第 %2 列没有图像块：行为 0 到 %3，列为 0 到 %4。</translation>
    </message>
    <message>
        <source>what does it rest on?</source>
        <translation>它的依据是什么？</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Of this model no method shows what an answer rests on.</source>
        <translation>此模型没有能显示答案依据的方法。</translation>
    </message>
    <message>
        <source>This model has no classes.</source>
        <translation>此模型没有类别。</translation>
    </message>
    <message>
        <source>Type the number of a class: 0 to %1.</source>
        <translation>请输入类别号：0 到 %1。</translation>
    </message>
    <message>
        <source>There is no class %1: the classes of this model are 0 to %2.</source>
        <translation>没有类别 %1：此模型的类别为 0 到 %2。</translation>
    </message>
    <message>
        <source>Class %1</source>
        <translation>类别 %1</translation>
    </message>
    <message>
        <source>Nothing is inspected yet: open a model, and a picture or a text.</source>
        <translation>尚未查看任何内容：请打开一个模型，以及一张图片或一段文本。</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Sort heads</source>
        <translation>头排序</translation>
    </message>
    <message>
        <source>projector;beamer;large text;big text;text size;font size;full screen</source>
        <translation>投影仪;投影;大字;文字大小;字号;字体大小;全屏</translation>
    </message>
    <message>
        <source>help;shortcuts;hotkeys;mouse</source>
        <translation>帮助;快捷键;按键;鼠标</translation>
    </message>
    <message>
        <source>help;words;definitions</source>
        <translation>帮助;词汇;定义;名词解释</translation>
    </message>
    <message>
        <source>version;licence;license</source>
        <translation>版本;许可证</translation>
    </message>
    <message>
        <source>edge;edges;left;right;above;below</source>
        <translation>边缘;左;右;上;下</translation>
    </message>
    <message>
        <source>Nothing here looks for edges or directions by itself. Heads can be sorted by mean distance: those at the start look at their neighbours.</source>
        <translation>这里没有专门寻找边缘或方向的功能。可按平均距离给头排序：排在最前的头看的是自己的邻居。</translation>
    </message>
    <message>
        <source>What does “%1” mean?</source>
        <translation>“%1”是什么意思？</translation>
    </message>
    <message>
        <source>Let head %1 of layer %2 write again</source>
        <translation>让第 %2 层的头 %1 重新输出</translation>
    </message>
    <message>
        <source>Silence head %1 of layer %2</source>
        <translation>关闭第 %2 层的头 %1</translation>
    </message>
    <message>
        <source>silence this head;switch off a head;turn off;ablate;ablation;remove</source>
        <translation>关闭这个头;关掉;消融;去掉</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>lime;shap</source>
        <translation>lime;shap</translation>
    </message>
    <message>
        <source>LIME and SHAP are not there. Occlusion asks the same of every patch, and the sheet of Explain says which method is the most faithful.</source>
        <translation>这里没有 LIME 和 SHAP。遮挡法对每个图块提出同样的问题，“解释”工作区的总览页会说明哪种方法最忠实。</translation>
    </message>
</context>
<context>
    <name>PaneDifference</name>
    <message>
        <source>This map has %1 × %2 patches and the main one %3 × %4, so they stand side by side.</source>
        <translation>此图有 %1 × %2 个图块，主图有 %3 × %4 个，因此并排显示。</translation>
    </message>
    <message>
        <source>A picture and a text have no difference, so they stand side by side.</source>
        <translation>图片与文本之间没有差值，因此并排显示。</translation>
    </message>
    <message>
        <source>Two different maps have no unit in common, so they stand side by side.</source>
        <translation>两种不同的图没有共同的单位，因此并排显示。</translation>
    </message>
    <message>
        <source>This text has %1 tokens and the main one %2, so they stand side by side.</source>
        <translation>此文本有 %1 个词元，主图的有 %2 个，因此并排显示。</translation>
    </message>
    <message>
        <source>A pane may be a frame behind its film, so they stand side by side.</source>
        <translation>窗格可能比影片慢一帧，因此并排显示。</translation>
    </message>
</context>
<context>
    <name>PaneSources</name>
    <message>
        <source>Models that come along</source>
        <translation>随附的模型</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本机上的模型</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>打开模型文件…</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>Open a model folder…</source>
        <translation>打开模型文件夹…</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Pictures that come along</source>
        <translation>随附的图片</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
</context>
<context>
    <name>PreprocessWords</name>
    <message>
        <source>to grey</source>
        <translation>转为灰度</translation>
    </message>
    <message>
        <source>resize to %1 × %2 (%3)</source>
        <translation>缩放到 %1 × %2（%3）</translation>
    </message>
    <message>
        <source>resize shortest edge to %1 (%2)</source>
        <translation>短边缩放到 %1（%2）</translation>
    </message>
    <message>
        <source>resize to cover %1 × %2, own aspect (%3)</source>
        <translation>缩放以覆盖 %1 × %2，保持比例（%3）</translation>
    </message>
    <message>
        <source>resize into %1 × %2, own aspect (%3)</source>
        <translation>缩放到 %1 × %2 以内，保持比例（%3）</translation>
    </message>
    <message>
        <source>crop the centre %1 × %2</source>
        <translation>裁剪中央 %1 × %2</translation>
    </message>
    <message>
        <source>rescale by %1</source>
        <translation>乘以 %1</translation>
    </message>
    <message>
        <source>normalise: mean %1; deviation %2</source>
        <translation>标准化：均值 %1；标准差 %2</translation>
    </message>
</context>
<context>
    <name>RunChanges</name>
    <message>
        <source>head %1 off</source>
        <translation>头 %1 已关闭</translation>
    </message>
    <message>
        <source>%1 heads off: %2</source>
        <translation>%1 个头已关闭：%2</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 已改变</translation>
    </message>
    <message>
        <source>%1 parts changed: %2</source>
        <translation>%1 个部件已改变：%2</translation>
    </message>
    <message>
        <source>one word hidden</source>
        <translation>隐藏了一个词</translation>
    </message>
    <message>
        <source>%1 words hidden</source>
        <translation>隐藏了 %1 个词</translation>
    </message>
    <message>
        <source>%1 interventions: %2</source>
        <translation>%1 项干预：%2</translation>
    </message>
</context>
<context>
    <name>ScoreBars</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>训练所得</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机猜测</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1:%2</translation>
    </message>
    <message>
        <source>Without it</source>
        <translation>没有它时</translation>
    </message>
    <message>
        <source>Without it (%1)</source>
        <translation>没有它时（%1）</translation>
    </message>
</context>
<context>
    <name>SessionFile</name>
    <message>
        <source>%1 is no session that can be read: %2.</source>
        <translation>%1 不是可读的会话：%2。</translation>
    </message>
    <message>
        <source>it was not written by HeadLens</source>
        <translation>它不是由 HeadLens 写的</translation>
    </message>
    <message>
        <source>it was written by a newer HeadLens</source>
        <translation>它是由更新版本的 HeadLens 写的</translation>
    </message>
    <message>
        <source>%1 could not be opened. Choose another session.</source>
        <translation>无法打开 %1。请选择另一个会话。</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>它太大</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>它已损坏</translation>
    </message>
</context>
<context>
    <name>Shares</name>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>sinks</source>
        <translation>汇聚词元</translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <translation>%1 %2 %</translation>
    </message>
</context>
<context>
    <name>ShownHeadRows</name>
    <message>
        <source>%1, deviation</source>
        <translation>%1，标准差</translation>
    </message>
</context>
<context>
    <name>ShownHeads</name>
    <message>
        <source>mean of the heads</source>
        <translation>各头的平均</translation>
    </message>
    <message>
        <source>maximum of the heads</source>
        <translation>各头的最大值</translation>
    </message>
    <message>
        <source>minimum of the heads</source>
        <translation>各头的最小值</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>heads %1 (layer.head)</source>
        <translation>头 %1（层.头）</translation>
    </message>
    <message>
        <source>heads %1</source>
        <translation>头 %1</translation>
    </message>
</context>
<context>
    <name>TeachingGroups</name>
    <message>
        <source>Pictures cut into patches</source>
        <translation>切成图块的图片</translation>
    </message>
    <message>
        <source>Learnt without labels</source>
        <translation>无标签学习</translation>
    </message>
    <message>
        <source>Attention made cheaper</source>
        <translation>更省的注意力</translation>
    </message>
    <message>
        <source>Word after word</source>
        <translation>逐词处理</translation>
    </message>
    <message>
        <source>Long memory</source>
        <translation>长期记忆</translation>
    </message>
    <message>
        <source>Pictures and words together</source>
        <translation>图文结合</translation>
    </message>
    <message>
        <source>Events of a life</source>
        <translation>人生事件</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
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
    <name>Views</name>
    <message>
        <source>Controls</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
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
        <source>Mechanisms</source>
        <translation>机制开关</translation>
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
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>词元对</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比训练</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>词元路由</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>注意力公式</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>词块</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Three attentions</source>
        <translation>三种注意力</translation>
    </message>
    <message>
        <source>Life line</source>
        <translation>生命线</translation>
    </message>
    <message>
        <source>Token norms</source>
        <translation>词元长度</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>方法总览</translation>
    </message>
    <message>
        <source>Faithfulness</source>
        <translation>忠实度</translation>
    </message>
    <message>
        <source>Head statistics</source>
        <translation>头统计</translation>
    </message>
    <message>
        <source>Interventions</source>
        <translation>干预</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>看向何处</translation>
    </message>
    <message>
        <source>Logit lens</source>
        <translation>逐层透视</translation>
    </message>
</context>
<context>
    <name>WorkChange</name>
    <message>
        <source>Film %1</source>
        <translation>影片 %1</translation>
    </message>
    <message>
        <source>Without a picture</source>
        <translation>没有图片</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>Text “%1”</source>
        <translation>文本“%1”</translation>
    </message>
    <message>
        <source>Second text “%1”</source>
        <translation>第二段文本“%1”</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Label “%1”</source>
        <translation>标签“%1”</translation>
    </message>
    <message>
        <source>Other end of the text cut</source>
        <translation>改从文本另一端截断</translation>
    </message>
    <message>
        <source>Written text</source>
        <translation>写出的文本</translation>
    </message>
    <message>
        <source>Picture squashed into the model&apos;s size</source>
        <translation>图片压缩到模型的尺寸</translation>
    </message>
    <message>
        <source>Picture at its own aspect</source>
        <translation>图片保持自身比例</translation>
    </message>
    <message>
        <source>Picture cut as in the training</source>
        <translation>图片按训练时的方式裁剪</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: as trained</source>
        <translation>%1：与训练时相同</translation>
    </message>
    <message>
        <source>Head %1 of layer %2 off</source>
        <translation>关闭第 %2 层的头 %1</translation>
    </message>
    <message>
        <source>Head %1 of layer %2 on</source>
        <translation>打开第 %2 层的头 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n heads off</source>
        <translation>
            <numerusform>关闭 %n 个头</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n heads on</source>
        <translation>
            <numerusform>打开 %n 个头</numerusform>
        </translation>
    </message>
    <message>
        <source>Other heads off</source>
        <translation>关闭其他头</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>Heads %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>One head</source>
        <translation>单个头</translation>
    </message>
    <message>
        <source>Mean of the heads</source>
        <translation>各头的平均</translation>
    </message>
    <message>
        <source>Maximum of the heads</source>
        <translation>各头的最大值</translation>
    </message>
    <message>
        <source>Minimum of the heads</source>
        <translation>各头的最小值</translation>
    </message>
    <message>
        <source>Token %1 pinned</source>
        <translation>固定词元 %1</translation>
    </message>
    <message>
        <source>Token let go</source>
        <translation>松开词元</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>The reconstruction</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>Principal components</source>
        <translation>主成分</translation>
    </message>
    <message>
        <source>Shown as heat</source>
        <translation>显示为热图</translation>
    </message>
    <message>
        <source>Shown as a spotlight</source>
        <translation>显示为聚光</translation>
    </message>
    <message>
        <source>Shown as contours</source>
        <translation>显示为等高线</translation>
    </message>
    <message>
        <source>Shown as links</source>
        <translation>显示为连线</translation>
    </message>
    <message>
        <source>Shown side by side</source>
        <translation>并排显示</translation>
    </message>
    <message>
        <source>Scale of the map</source>
        <translation>按图定标度</translation>
    </message>
    <message>
        <source>Scale of the layer</source>
        <translation>按层定标度</translation>
    </message>
    <message>
        <source>One scale for all layers</source>
        <translation>所有层同一标度</translation>
    </message>
    <message>
        <source>%1 on</source>
        <translation>%1：开</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1：关</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>模型 %1</translation>
    </message>
    <message>
        <source>Hidden patches</source>
        <translation>隐藏的图块</translation>
    </message>
    <message>
        <source>Hidden words</source>
        <translation>隐藏的词</translation>
    </message>
    <message>
        <source>Setting of the method</source>
        <translation>方法的设置</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Seen by</source>
        <translation>被谁关注</translation>
    </message>
    <message>
        <source>Looks at</source>
        <translation>关注什么</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Logarithmic colours</source>
        <translation>对数配色</translation>
    </message>
    <message>
        <source>Mass mask</source>
        <translation>质量遮罩</translation>
    </message>
    <message>
        <source>Mass</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Sinks</source>
        <translation>汇聚词元</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>What the first answer rests on</source>
        <translation>首位答案依据什么</translation>
    </message>
    <message>
        <source>What answer %1 rests on</source>
        <translation>答案 %1 依据什么</translation>
    </message>
    <message>
        <source>Interventions</source>
        <translation>干预</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>已撤回：%1</translation>
    </message>
    <message>
        <source>Asked through the chat template</source>
        <translation>按对话模板提问</translation>
    </message>
    <message>
        <source>Read as it is typed</source>
        <translation>按输入原样读取</translation>
    </message>
    <message>
        <source>What is said first: “%1”</source>
        <translation>开头的话：“%1”</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>Look</source>
        <translation>观察</translation>
    </message>
    <message>
        <source>What every head of every layer attends to</source>
        <translation>每层每个头在看什么</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Why the model answers what it answers: relevance and other maps of one answer</source>
        <translation>模型为何这样回答：一个答案的相关性及其他图</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改变</translation>
    </message>
    <message>
        <source>Switch heads and mechanisms off and see what becomes of the answer</source>
        <translation>关掉头和机制，看答案如何变化</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>How widely and how far heads look, over all tokens</source>
        <translation>所有词元上，各头看得多宽、多远</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>How one weight, one row and every mechanism is computed</source>
        <translation>一个权重、一行注意力和每种机制是怎样算出来的</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Lessons beside the live model</source>
        <translation>在运行着的模型旁上课</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The models at hand, and those on this computer</source>
        <translation>手边的模型和本机上的模型</translation>
    </message>
    <message>
        <source>Models, inputs, maps and changes side by side, and how one run differs from another</source>
        <translation>模型、输入、图与改动并排比较，以及两次运行之间的差别</translation>
    </message>
</context>
<context>
    <name>headlens::AdapterEditor</name>
    <message>
        <source>LoRA of rank %1 at %2 matrices: %3.</source>
        <translation>秩为 %1 的 LoRA，作用于 %2 个矩阵：%3。</translation>
    </message>
    <message>
        <source>It brings its own: %1.</source>
        <translation>它自带：%1。</translation>
    </message>
    <message>
        <source>Trained on %1.</source>
        <translation>训练时的基础模型：%1。</translation>
    </message>
    <message>
        <source>Adapter %1</source>
        <translation>适配器 %1</translation>
    </message>
    <message>
        <source>Compare with the base</source>
        <translation>与基础模型比较</translation>
    </message>
    <message>
        <source>Runs the input through the base alone and makes that the baseline: maps and answers then show what the adapter changed.</source>
        <translation>只用基础模型运行输入并设为基线：图和回答随即显示适配器改变了什么。</translation>
    </message>
    <message>
        <source>Strength of the adapter, from 0 (the base) to 1 (as trained)</source>
        <translation>适配器强度，从 0（基础模型）到 1（训练时）</translation>
    </message>
</context>
<context>
    <name>headlens::AnswerBars</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&lt; %1 %</source>
        <translation>&lt; %1 %</translation>
    </message>
    <message>
        <source>Answers before and after</source>
        <translation>更改前后的回答</translation>
    </message>
</context>
<context>
    <name>headlens::BiasView</name>
    <message>
        <source>Bias of relative positions</source>
        <translation>相对位置偏置</translation>
    </message>
    <message>
        <source>Turn so that a cell lies where the key lies</source>
        <translation>翻转，使单元格位于键所在的方向</translation>
    </message>
    <message>
        <source>This block knows no relative positions.</source>
        <translation>此模块没有相对位置信息。</translation>
    </message>
    <message>
        <source>Head %1: a key %2 rows below and %3 columns to the right of the query gets %4 added to its score.</source>
        <translation>头 %1：位于查询下方 %2 行、右侧 %3 列的键，其分数加上 %4。</translation>
    </message>
    <message>
        <source>The square in the middle is the token itself; a cell above it is a key above it. All heads share one scale.</source>
        <translation>中间的方框是词元自身；其上方的单元格表示上方的键。所有头共用一个色标。</translation>
    </message>
    <message>
        <source>As stored, query minus key: the square in the middle is the token itself; a cell below it is a key above it. All heads share one scale.</source>
        <translation>按存储方式显示，即查询减键：中间的方框是词元自身；其下方的单元格表示上方的键。所有头共用一个色标。</translation>
    </message>
</context>
<context>
    <name>headlens::BranchBars</name>
    <message>
        <source>Choose a token to see what each branch adds to it</source>
        <translation>选一个词元，看两条支路各给它加上多少</translation>
    </message>
    <message>
        <source>What each branch adds to “%1”</source>
        <translation>两条支路各给“%1”加上多少</translation>
    </message>
    <message>
        <source>Memory against own segment</source>
        <translation>记忆与自己所在的段对比</translation>
    </message>
    <message>
        <source>Head %1: memory %2, own segment %3</source>
        <translation>第 %1 头：记忆 %2，自己所在的段 %3</translation>
    </message>
    <message>
        <source>h%1</source>
        <translation>头%1</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>own segment</source>
        <translation>自己所在的段</translation>
    </message>
</context>
<context>
    <name>headlens::BrushMenu</name>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>A click pins the query, as usual (Esc)</source>
        <translation>点击照常固定查询（Esc）</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Attention mask</source>
        <translation>注意力掩码</translation>
    </message>
    <message>
        <source>No token sees the painted patches any more</source>
        <translation>任何词元都不再看到涂抹的图块</translation>
    </message>
    <message>
        <source>Brush: mask</source>
        <translation>画笔：掩码</translation>
    </message>
    <message>
        <source>Mean of the picture</source>
        <translation>图片均值</translation>
    </message>
    <message>
        <source>The pixels of the painted patches become the mean of the picture</source>
        <translation>涂抹图块的像素变为图片的均值</translation>
    </message>
    <message>
        <source>Brush: mean</source>
        <translation>画笔：均值</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>The pixels of the painted patches are blurred</source>
        <translation>涂抹图块的像素被模糊</translation>
    </message>
    <message>
        <source>Brush: blur</source>
        <translation>画笔：模糊</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>零</translation>
    </message>
    <message>
        <source>The model reads 0 at every pixel of the painted patches</source>
        <translation>模型在涂抹图块的每个像素处读到 0</translation>
    </message>
    <message>
        <source>Brush: zero</source>
        <translation>画笔：零</translation>
    </message>
    <message>
        <source>One patch wide</source>
        <translation>宽一个图块</translation>
    </message>
    <message>
        <source>Three patches wide</source>
        <translation>宽三个图块</translation>
    </message>
    <message>
        <source>Five patches wide</source>
        <translation>宽五个图块</translation>
    </message>
    <message>
        <source>Take back what was painted</source>
        <translation>撤回涂抹的内容</translation>
    </message>
</context>
<context>
    <name>headlens::Canvas</name>
    <message>
        <source>Picture with attention map</source>
        <translation>叠加注意力图的图片</translation>
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
        <source>%1 gets %2. %3</source>
        <translation>%1 得到 %2。%3</translation>
    </message>
    <message>
        <source>Layer %1, %2, query %3; strongest: %4 with %5</source>
        <translation>第 %1 层，%2，查询 %3；最强：%4，权重 %5</translation>
    </message>
</context>
<context>
    <name>headlens::CanvasCaption</name>
    <message>
        <source>Layer %1, %2: who attends to %3</source>
        <translation>第 %1 层，%2：谁在关注%3</translation>
    </message>
    <message>
        <source>Layer %1, %2: what %3 attends to</source>
        <translation>第 %1 层，%2：%3 在关注什么</translation>
    </message>
    <message>
        <source>%1. Only the patches that hold %2 % of the row&apos;s mass</source>
        <translation>%1。只显示占该行权重 %2 % 的图块</translation>
    </message>
    <message>
        <source>Red, green, blue: %1, %2 and %3 % of the variance of the foreground, fitted on layer %4</source>
        <translation>红、绿、蓝：分别占前景方差的 %1、%2 和 %3 %，在第 %4 层拟合</translation>
    </message>
    <message>
        <source>%1 is not defined for this model: %2</source>
        <translation>此模型没有%1：%2</translation>
    </message>
    <message>
        <source>smooth (bicubic)</source>
        <translation>平滑（双三次插值）</translation>
    </message>
    <message>
        <source>what the model sees, %1 × %2</source>
        <translation>模型所见，%1 × %2</translation>
    </message>
    <message>
        <source>the %1 strongest tokens: %2 % of the weight</source>
        <translation>最强的 %1 个词元：占权重的 %2 %</translation>
    </message>
    <message>
        <source>the less weight, the darker</source>
        <translation>权重越小越暗</translation>
    </message>
    <message>
        <source>the lines hold 50, 80 and 95 % of the weight</source>
        <translation>各线分别包含 50%、80% 和 95% 的权重</translation>
    </message>
    <message>
        <source>Difference to the baseline: this run minus that one</source>
        <translation>与基线之差：当前减去基线</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Difference to the main picture: this pane minus that one</source>
        <translation>与主图的差值：此窗格减去主图</translation>
    </message>
</context>
<context>
    <name>headlens::CanvasMarks</name>
    <message>
        <source>Layer %1, head %2</source>
        <translation>第 %1 层，第 %2 头</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>最大 %1</translation>
    </message>
</context>
<context>
    <name>headlens::CanvasTools</name>
    <message>
        <source>Heat</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Colour over the picture, the denser the more weight</source>
        <translation>图片上的颜色，权重越大越浓</translation>
    </message>
    <message>
        <source>Spotlight</source>
        <translation>聚光</translation>
    </message>
    <message>
        <source>What gets no weight is dimmed</source>
        <translation>没有权重的部分变暗</translation>
    </message>
    <message>
        <source>Contours</source>
        <translation>等高线</translation>
    </message>
    <message>
        <source>Lines around the patches that hold 50, 80 and 95 % of the weight</source>
        <translation>围住占权重 50、80、95 % 的图像块的线</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Curves from the query to the patches that hold 80 % of the weight</source>
        <translation>从查询连到占权重 80 % 的图像块的曲线</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>The map beside the picture</source>
        <translation>图谱放在图片旁边</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>图像块</translation>
    </message>
    <message>
        <source>Every patch in one colour: what the model has</source>
        <translation>每个图像块一种颜色：模型真正有的</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>A smooth map suggests detail the model does not have</source>
        <translation>平滑的图谱会暗示模型并没有的细节</translation>
    </message>
    <message>
        <source>looks at</source>
        <translation>看向</translation>
    </message>
    <message>
        <source>What the token attends to (R)</source>
        <translation>词元关注什么（R）</translation>
    </message>
    <message>
        <source>seen by</source>
        <translation>被谁看</translation>
    </message>
    <message>
        <source>Who attends to the token (R)</source>
        <translation>谁关注该词元（R）</translation>
    </message>
    <message>
        <source>Palette and opacity</source>
        <translation>配色与不透明度</translation>
    </message>
    <message>
        <source>What the strongest colour stands for</source>
        <translation>最强的颜色代表什么</translation>
    </message>
    <message>
        <source>What is mapped: the attention, or one number for every token</source>
        <translation>绘制什么：注意力，或每个词元一个数值</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Which picture lies below the map, and how it is brought to the model</source>
        <translation>图谱下面是哪张图片，以及它如何送入模型</translation>
    </message>
    <message>
        <source>Hides or covers patches that are painted over; the right button erases, Space paints the query</source>
        <translation>隐藏或盖住涂抹过的图块；右键擦除，空格涂抹查询</translation>
    </message>
</context>
<context>
    <name>headlens::CardContents</name>
    <message>
        <source>Shows: %1</source>
        <translation>展示：%1</translation>
    </message>
    <message>
        <source>See it on an example</source>
        <translation>看一个示例</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>headlens::ChanceBars</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>headlens::ChangeChips</name>
    <message>
        <source>Changed</source>
        <translation>已改变</translation>
    </message>
    <message>
        <source>Not as trained: %1. Click: everything as trained again.</source>
        <translation>与训练时不同：%1。点击：全部恢复为训练时的样子。</translation>
    </message>
    <message>
        <source>Not as trained: %1</source>
        <translation>与训练时不同：%1</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Maps and answers are compared with the baseline%1: blue for less, red for more. Click: the run itself again (Shift+H).</source>
        <translation>各图和答案与基线%1相比较：蓝色为减少，红色为增多。点击：恢复显示运行本身(Shift+H)。</translation>
    </message>
    <message>
        <source>Release the baseline</source>
        <translation>放开基线</translation>
    </message>
    <message>
        <source>Set baseline</source>
        <translation>设为基线</translation>
    </message>
    <message>
        <source>Keeps this run to compare with (H). Then change the picture, a word, a head or the model: maps and answers show the difference.</source>
        <translation>把此次运行留作比较的基线(H)。然后更换图片、词、头或模型：各图和答案显示差异。</translation>
    </message>
</context>
<context>
    <name>headlens::ChatRow</name>
    <message>
        <source>What is typed is a question. The template of the model (%1) says how it is asked; below stands what the model really reads</source>
        <translation>输入的内容是一个问题。模型的模板（%1）决定怎样提问；下面是模型实际读到的内容</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>What the template says first (system prompt, optional)</source>
        <translation>模板开头的话（系统提示，可不填）</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示</translation>
    </message>
</context>
<context>
    <name>headlens::ComparePane</name>
    <message>
        <source>Pane %1</source>
        <translation>窗格 %1</translation>
    </message>
    <message>
        <source>Choose another model, input, map or change above: it is shown here beside the main picture, linked by query, layer, head and zoom.</source>
        <translation>在上方选择另一个模型、输入、图或改动：它会显示在主图旁边，查询、层、头与缩放彼此联动。</translation>
    </message>
    <message>
        <source>A pane has an engine of its own; the same model once more takes %1 of memory.</source>
        <translation>每个窗格有自己的引擎；再打开一次同一模型需要 %1 内存。</translation>
    </message>
    <message>
        <source>Text of this pane</source>
        <translation>此窗格的文本</translation>
    </message>
    <message>
        <source>Another text</source>
        <translation>另一段文本</translation>
    </message>
    <message>
        <source>A camera is not followed: this pane keeps the last picture.</source>
        <translation>窗格不跟随摄像头：保留上一张图片。</translation>
    </message>
</context>
<context>
    <name>headlens::ComputeBars</name>
    <message>
        <source>All blocks: %1 of %2, %3 %</source>
        <translation>所有块：%2 中的 %1，占 %3 %</translation>
    </message>
    <message>
        <source>Block %1: %2 of %3 tokens</source>
        <translation>块 %1:%3 个词元中的 %2 个</translation>
    </message>
    <message>
        <source>Computation of each block</source>
        <translation>每个块的运算量</translation>
    </message>
</context>
<context>
    <name>headlens::ContrastView</name>
    <message>
        <source>Step of the training</source>
        <translation>训练步</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Contrastive training</source>
        <translation>对比训练</translation>
    </message>
    <message>
        <source>After %1 steps: loss %2, temperature %3. %4 of %5 captions are most similar to their own picture.</source>
        <translation>%1 步之后：损失 %2，温度 %3。%5 条说明中有 %4 条与自己的图片最相似。</translation>
    </message>
    <message>
        <source>This model brings no record of a contrastive training (contrast.json). Open emoji-clip to see how pictures and texts find each other.</source>
        <translation>此模型没有附带对比训练的记录(contrast.json)。请打开 emoji-clip，看看图片与文本如何找到彼此。</translation>
    </message>
    <message>
        <source>columns: their pictures, in the same order</source>
        <translation>各列：对应的图片，次序相同</translation>
    </message>
    <message>
        <source>text: %1
picture of: %2
similarity %3</source>
        <translation>文本：%1
图片：%2
相似度 %3</translation>
    </message>
    <message>
        <source>loss by step of the training, doubling to the right</source>
        <translation>各训练步的损失(向右步数加倍)</translation>
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
        <source>Off by default: a smooth map suggests detail the model does not have</source>
        <translation>默认关闭：平滑后的图会显得有模型实际并不具备的细节</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>显示(&amp;W)</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>同训练</translation>
    </message>
    <message>
        <source>As trained: resized and cropped as the model was trained. Squashed: the whole picture in that size. Own aspect: the whole picture, positions interpolated.</source>
        <translation>同训练：按模型训练时的方式缩放并裁剪。拉伸压缩：整图压入该尺寸。原宽高比：保留整图，位置编码插值。</translation>
    </message>
    <message>
        <source>row of the token</source>
        <translation>词元的行</translation>
    </message>
    <message>
        <source>the reconstruction</source>
        <translation>重建结果</translation>
    </message>
    <message>
        <source>principal components</source>
        <translation>主成分</translation>
    </message>
    <message>
        <source>as DINOv2</source>
        <translation>同 DINOv2</translation>
    </message>
    <message>
        <source>as DINOv3</source>
        <translation>同 DINOv3</translation>
    </message>
    <message>
        <source>Recipe of the components</source>
        <translation>主成分的做法</translation>
    </message>
    <message>
        <source>DINOv2: foreground by the first component, then three components of it. DINOv3: the same smoothed, whitened and through a sigmoid; its trained foreground classifier is replaced by the first component</source>
        <translation>DINOv2：由第一主成分确定前景，再取前景的三个主成分。DINOv3：在此基础上平滑、白化并经过 sigmoid；其训练得到的前景分类器以第一主成分代替</translation>
    </message>
    <message>
        <source>Fit here</source>
        <translation>在此拟合</translation>
    </message>
    <message>
        <source>Otherwise the basis is kept, so that colours mean the same in every layer and picture</source>
        <translation>否则保留原有基底，使颜色在各层和各图片中含义一致</translation>
    </message>
    <message>
        <source>Swap foreground</source>
        <translation>交换前景</translation>
    </message>
    <message>
        <source>Wi&amp;ndows</source>
        <translation>窗口(&amp;N)</translation>
    </message>
    <message>
        <source>The windows of the block, and the pieces of the one the token lies in</source>
        <translation>模块的窗口，以及词元所在窗口的各个部分</translation>
    </message>
    <message>
        <source>M&amp;ap</source>
        <translation>注意力图(&amp;A)</translation>
    </message>
    <message>
        <source>Colo&amp;ur scale</source>
        <translation>色标范围(&amp;U)</translation>
    </message>
    <message>
        <source>Smooth &amp;between patches</source>
        <translation>图像块间平滑(&amp;B)</translation>
    </message>
    <message>
        <source>What the token under the mouse attends to, in the chosen layer and head</source>
        <translation>鼠标下的词元在所选层与头中关注什么</translation>
    </message>
    <message>
        <source>One row, or one number for every token, by one of many methods</source>
        <translation>一行，或以多种方法之一为每个词元给出一个数</translation>
    </message>
    <message>
        <source>La&amp;yer</source>
        <translation>层(&amp;Y)</translation>
    </message>
    <message>
        <source>Pictu&amp;re fit</source>
        <translation>图片适配(&amp;R)</translation>
    </message>
    <message>
        <source>Patch grid</source>
        <translation>图像块网格</translation>
    </message>
</context>
<context>
    <name>headlens::CostPlot</name>
    <message>
        <source>Multiply-adds of one block by size</source>
        <translation>一块的乘加次数随规模的变化</translation>
    </message>
    <message>
        <source>patches of the picture</source>
        <translation>图片的图像块</translation>
    </message>
    <message>
        <source>tokens of the text</source>
        <translation>文本的词元</translation>
    </message>
    <message>
        <source>multiply-adds per block</source>
        <translation>每块的乘加次数</translation>
    </message>
    <message>
        <source>%1, this model</source>
        <translation>%1，此模型</translation>
    </message>
    <message>
        <source>%1 (this model: %2)</source>
        <translation>%1（此模型：%2）</translation>
    </message>
    <message>
        <source>%1 at %2: %3 multiply-adds</source>
        <translation>%1，规模 %2：%3 次乘加</translation>
    </message>
</context>
<context>
    <name>headlens::CostTable</name>
    <message>
        <source>What every pattern costs</source>
        <translation>每种模式的代价</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>of dense</source>
        <translation>占稠密</translation>
    </message>
    <message>
        <source>Multiply-
adds</source>
        <translation>乘加
次数</translation>
    </message>
    <message>
        <source>against
dense</source>
        <translation>与稠密
相比</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>注意力图</translation>
    </message>
    <message>
        <source>Pairs of a query and a key that get a weight, in one head</source>
        <translation>一个头中得到权重的查询–键对</translation>
    </message>
    <message>
        <source>Of one block, all heads: queries with keys, weights with values, and what the pattern itself needs. The projections before and after are the same for all and not counted.</source>
        <translation>一块的所有头：查询与键、权重与值，以及模式本身所需。前后的投影对所有模式相同，不计入。</translation>
    </message>
    <message>
        <source>Memory of the weights of all heads, four bytes each</source>
        <translation>所有头的权重所占内存，每个四字节</translation>
    </message>
    <message>
        <source>
The model runs so now.</source>
        <translation>
模型现在就这样运行。</translation>
    </message>
    <message>
        <source>
Enter or a click runs the model so.</source>
        <translation>
按回车或点击即可让模型这样运行。</translation>
    </message>
    <message>
        <source>
This model cannot be run so.</source>
        <translation>
此模型不能这样运行。</translation>
    </message>
    <message>
        <source>needs a picture: a text has no grid</source>
        <translation>需要图片：文本没有网格</translation>
    </message>
    <message>
        <source>Which patches are added depends on chance: the mean over all draws</source>
        <translation>加入哪些图像块取决于随机：取所有抽样的平均</translation>
    </message>
    <message>
        <source>%1, of them %2 for what the pattern itself needs: means, mixtures or features</source>
        <translation>%1，其中 %2 用于模式本身：平均、混合或特征</translation>
    </message>
    <message>
        <source>Only to look at them: the pattern itself needs no weights</source>
        <translation>只为了观看：模式本身不需要权重</translation>
    </message>
</context>
<context>
    <name>headlens::CostView</name>
    <message>
        <source>Nothing is open: heads as in our small models.</source>
        <translation>没有打开模型：按我们小模型的头计算。</translation>
    </message>
    <message>
        <source>This model cannot be run by another pattern: the table says only what it would cost.</source>
        <translation>此模型不能改用其他模式：表中只说明其代价。</translation>
    </message>
    <message>
        <source>✓ is how the model runs now. Enter or a click on a row runs it so. HeadLens draws every weight, so it gets no faster by it.</source>
        <translation>✓ 表示模型现在的运行方式。在某一行按回车或点击即可改用它。HeadLens 会画出每个权重，因此不会因此变快。</translation>
    </message>
    <message>
        <source>Nothing is open that could be run so.</source>
        <translation>没有打开可这样运行的模型。</translation>
    </message>
    <message>
        <source>This model cannot be run so: the mixtures of &quot;%1&quot; must be learnt in training.</source>
        <translation>此模型不能这样运行：“%1”的混合必须在训练中学得。</translation>
    </message>
    <message>
        <source>This model cannot be run so: it has no pattern &quot;%1&quot;.</source>
        <translation>此模型不能这样运行：它没有模式“%1”。</translation>
    </message>
    <message>
        <source>Size that the table is about</source>
        <translation>表格所对应的规模</translation>
    </message>
    <message>
        <source>Moves the line. The dotted line stays at the size of the open model.</source>
        <translation>移动这条线。虚线停在所打开模型的规模。</translation>
    </message>
    <message>
        <source>At %1:</source>
        <translation>规模 %1：</translation>
    </message>
    <message>
        <source>What attention costs</source>
        <translation>注意力的代价</translation>
    </message>
</context>
<context>
    <name>headlens::CurvePlot</name>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>step of the training (logarithmic)</source>
        <translation>训练步(对数)</translation>
    </message>
    <message>
        <source>step of the training</source>
        <translation>训练步</translation>
    </message>
    <message>
        <source>Curves over the training: %1</source>
        <translation>训练过程的曲线：%1</translation>
    </message>
</context>
<context>
    <name>headlens::DinoView</name>
    <message>
        <source>This model has no class token. Choose a ViT, DeiT or DINO model.</source>
        <translation>此模型没有分类词元。请选择 ViT、DeiT 或 DINO 模型。</translation>
    </message>
</context>
<context>
    <name>headlens::EditMenu</name>
    <message>
        <source>Ed&amp;it</source>
        <translation>编辑(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>历史记录(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Copy figure</source>
        <translation>复制图(&amp;C)</translation>
    </message>
    <message>
        <source>Copy as command &amp;line</source>
        <translation>复制为命令行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>没有可撤销的步骤</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>没有可重做的步骤</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
</context>
<context>
    <name>headlens::EngineLink</name>
    <message>
        <source>Writing</source>
        <translation>正在书写</translation>
    </message>
    <message>
        <source>The engine cannot be started: %1. Check the engine command in the settings.</source>
        <translation>无法启动计算引擎：%1。请检查设置中的引擎命令。</translation>
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
    <name>headlens::ExpertsMap</name>
    <message>
        <source>expert %1 %2 %</source>
        <translation>专家 %1 %2 %</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Layer %1, all tokens: %2; evenly it would be %3 % each</source>
        <translation>第 %1 层，全部词元：%2；若平均则各占 %3 %</translation>
    </message>
    <message>
        <source>Experts that compute each token</source>
        <translation>计算每个词元的专家</translation>
    </message>
</context>
<context>
    <name>headlens::Explain</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>计算中</translation>
    </message>
    <message>
        <source>takes about %1: press Enter to compute it</source>
        <translation>大约需要 %1：按 Enter 计算</translation>
    </message>
    <message>
        <source>stopped: press Enter to compute it</source>
        <translation>已停止：按 Enter 计算</translation>
    </message>
    <message>
        <source>the most probable one</source>
        <translation>最可能的一类</translation>
    </message>
    <message>
        <source>class %1</source>
        <translation>类别 %1</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 forward passes</source>
        <translation>%1 次前向计算</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>nothing beside the run that is there</source>
        <translation>除已有的运行外不需要额外计算</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>内存 %1</translation>
    </message>
    <message>
        <source>deletion %1, insertion %2</source>
        <translation>删除 %1，插入 %2</translation>
    </message>
</context>
<context>
    <name>headlens::FaithfulnessCurves</name>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>patches covered (—) or shown (- -), strongest first</source>
        <translation>遮住（—）或显示（- -）的图块，从最强开始</translation>
    </message>
    <message>
        <source>Probability of the class</source>
        <translation>该类别的概率</translation>
    </message>
    <message>
        <source>Deletion and insertion curves</source>
        <translation>删除与插入曲线</translation>
    </message>
    <message>
        <source>Nothing has been measured yet</source>
        <translation>还没有测量结果</translation>
    </message>
    <message>
        <source>%1 % of the patches</source>
        <translation>%1 % 的图块</translation>
    </message>
    <message>
        <source>%1: covered %2, shown %3</source>
        <translation>%1：遮住 %2，显示 %3</translation>
    </message>
    <message>
        <source>Similarity with the text</source>
        <translation>与文本的相似度</translation>
    </message>
</context>
<context>
    <name>headlens::FaithfulnessView</name>
    <message>
        <source>Ranking</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Sanity</source>
        <translation>合理性</translation>
    </message>
    <message>
        <source>Parts of the faithfulness</source>
        <translation>忠实度的各部分</translation>
    </message>
</context>
<context>
    <name>headlens::FigureCheck</name>
    <message>
        <source>There is no layer %1: the model has layers 0 to %2.</source>
        <translation>没有第 %1 层：模型的层是 0 到 %2。</translation>
    </message>
    <message>
        <source>There is no head %1: the layer has heads 0 to %2.</source>
        <translation>没有头 %1：该层的头是 0 到 %2。</translation>
    </message>
    <message>
        <source>There is no token &quot;%1&quot; in this input: give cls, a patch as row,column, or a token&apos;s number.</source>
        <translation>此输入中没有词元“%1”：请填 cls、图块的“行,列”或词元编号。</translation>
    </message>
    <message>
        <source>There is no map &quot;%1&quot;: choose one of the list.</source>
        <translation>没有名为“%1”的图：请从列表中选择。</translation>
    </message>
</context>
<context>
    <name>headlens::FigureCollector</name>
    <message>
        <source>The engine stopped. Try again.</source>
        <translation>引擎停止了。请再试一次。</translation>
    </message>
    <message>
        <source>%1 could not be read. Choose another picture.</source>
        <translation>无法读取 %1。请选择另一张图片。</translation>
    </message>
    <message>
        <source>A figure of %1 x %2 panels cannot be made. Choose fewer.</source>
        <translation>无法制作 %1 x %2 幅的图。请减少数量。</translation>
    </message>
    <message>
        <source>no token %1</source>
        <translation>没有词元 %1</translation>
    </message>
    <message>
        <source>no method %1</source>
        <translation>没有方法 %1</translation>
    </message>
</context>
<context>
    <name>headlens::FigureComposer</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>导出图</translation>
    </message>
    <message>
        <source>Panels collected</source>
        <translation>已收集的图</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Save description…</source>
        <translation>保存描述…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Stopped. Change something to collect the panels again.</source>
        <translation>已停止。更改任意一项即可重新收集。</translation>
    </message>
    <message>
        <source>A figure is written as %1. Give the name one of these endings.</source>
        <translation>图可以写成 %1。请让文件名以其中之一结尾。</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder or free some space.</source>
        <translation>无法写入 %1。请选择其他文件夹或腾出一些空间。</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>The panels are still being collected.</source>
        <translation>各幅图仍在收集中。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Save the description of the figure</source>
        <translation>保存图的描述</translation>
    </message>
    <message>
        <source>Open description…</source>
        <translation>打开描述…</translation>
    </message>
    <message>
        <source>A description is a small file with everything that is chosen here, to make or change this figure again later, here or with headlens-cli figure.</source>
        <translation>描述是一个小文件，记录此处的全部选择，以后可在这里或用 headlens-cli figure 重新制作或修改这幅图。</translation>
    </message>
    <message>
        <source>Takes up a saved description, or a PDF, SVG or PNG that HeadLens wrote: it carries its own.</source>
        <translation>打开已保存的描述，或 HeadLens 写出的 PDF、SVG、PNG：它们自带描述。</translation>
    </message>
    <message>
        <source>There is no folder %1. Choose another one.</source>
        <translation>没有文件夹 %1。请另选一个。</translation>
    </message>
    <message>
        <source>Open the description of a figure</source>
        <translation>打开图的描述</translation>
    </message>
    <message>
        <source>Descriptions and figures (%1)</source>
        <translation>描述和图 (%1)</translation>
    </message>
    <message>
        <source>Heads of other layers are left out (%1): a figure has those of one layer side by side.</source>
        <translation>其他层的头已略去(%1 个)：图中并排显示同一层的头。</translation>
    </message>
</context>
<context>
    <name>headlens::FigureCopies</name>
    <message>
        <source>There is no figure yet: open a picture or a text.</source>
        <translation>还没有图：请打开图片或文本。</translation>
    </message>
    <message>
        <source>The figure is in the clipboard.</source>
        <translation>图已复制到剪贴板。</translation>
    </message>
    <message>
        <source>This is a frame of a film. Open a picture, or export the film from the menu Film.</source>
        <translation>这是影片的一帧。请打开图片，或从“影片”菜单导出影片。</translation>
    </message>
    <message>
        <source>This picture lies in no file that a command could name. Save it and open the file first.</source>
        <translation>此图片不在任何文件中，命令无法指明它。请先保存并打开该文件。</translation>
    </message>
    <message>
        <source>What the model wrote cannot be said on a command line.</source>
        <translation>模型写出的内容无法用命令行表示。</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>The baseline lies in no file that a command could name. Open it from a file and hold it again.</source>
        <translation>基线不在任何命令可指定的文件中。请从文件打开它并重新保留。</translation>
    </message>
</context>
<context>
    <name>headlens::FigureExport</name>
    <message>
        <source>Open a picture first.</source>
        <translation>请先打开图片。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>%1 cannot be written in this format. Give the name one of these endings: %2.</source>
        <translation>%1 不能以这种格式写入。请使用以下扩展名之一：%2。</translation>
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
        <source>This model has no figure of this kind.</source>
        <translation>该模型没有这种图。</translation>
    </message>
    <message>
        <source>A text has no map over a picture. Export its row, its matrix or its head grid as numbers.</source>
        <translation>文本没有覆盖在图片上的图。请以数值导出它的行、矩阵或头网格。</translation>
    </message>
    <message>
        <source>Written to %1: this run itself, not its difference to the baseline.</source>
        <translation>已写入 %1：内容是本次运行本身，而不是它与基线之差。</translation>
    </message>
</context>
<context>
    <name>headlens::FigureForm</name>
    <message>
        <source>&amp;Rows</source>
        <translation>行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>各幅图</translation>
    </message>
    <message>
        <source>In every panel</source>
        <translation>每幅图中</translation>
    </message>
    <message>
        <source>La&amp;yer</source>
        <translation>层(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Heads</source>
        <translation>头(&amp;H)</translation>
    </message>
    <message>
        <source>Hea&amp;d</source>
        <translation>头号(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Query</source>
        <translation>查询(&amp;Q)</translation>
    </message>
    <message>
        <source>cls, a patch as row,column, or a token&apos;s number</source>
        <translation>cls、写作“行,列”的图块，或词元的编号</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>图(&amp;M)</translation>
    </message>
    <message>
        <source>Who looks at the query (re&amp;verse)</source>
        <translation>谁在看这个查询（反向）(&amp;V)</translation>
    </message>
    <message>
        <source>As the model sees &amp;it</source>
        <translation>模型所见的样子(&amp;I)</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>图</translation>
    </message>
    <message>
        <source>&amp;Style</source>
        <translation>样式(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Palette</source>
        <translation>调色板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Opacity</source>
        <translation>不透明度(&amp;O)</translation>
    </message>
    <message>
        <source>Sca&amp;le of</source>
        <translation>比例尺属于(&amp;L)</translation>
    </message>
    <message>
        <source>Lo&amp;garithmic</source>
        <translation>对数(&amp;G)</translation>
    </message>
    <message>
        <source>Smoo&amp;th between patches</source>
        <translation>图块之间平滑(&amp;T)</translation>
    </message>
    <message>
        <source>Photograph &amp;under the map</source>
        <translation>图下面有照片(&amp;U)</translation>
    </message>
    <message>
        <source>Mar&amp;k the query</source>
        <translation>标出查询(&amp;K)</translation>
    </message>
    <message>
        <source>as in the window</source>
        <translation>与窗口相同</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>版面</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>版式(&amp;F)</translation>
    </message>
    <message>
        <source>O&amp;wn width</source>
        <translation>自定宽度(&amp;W)</translation>
    </message>
    <message>
        <source> in</source>
        <translation> 英寸</translation>
    </message>
    <message>
        <source>Gap &amp;between panels</source>
        <translation>图间距(&amp;B)</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>B&amp;ackground</source>
        <translation>背景(&amp;A)</translation>
    </message>
    <message>
        <source>Fo&amp;nt</source>
        <translation>字体(&amp;N)</translation>
    </message>
    <message>
        <source>Font si&amp;ze</source>
        <translation>字号(&amp;Z)</translation>
    </message>
    <message>
        <source>Letters a, b, c</source>
        <translation>字母 a、b、c</translation>
    </message>
    <message>
        <source>Headings of rows and columns</source>
        <translation>行和列的标题</translation>
    </message>
    <message>
        <source>Colour bar</source>
        <translation>颜色条</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>图注</translation>
    </message>
    <message>
        <source>Te&amp;xt of the caption</source>
        <translation>图注文字(&amp;X)</translation>
    </message>
    <message>
        <source>made from what is shown</source>
        <translation>根据所示内容生成</translation>
    </message>
    <message>
        <source>Dots per inch of PNG</source>
        <translation>PNG 每英寸点数</translation>
    </message>
    <message>
        <source>Picture first</source>
        <translation>图片在最前</translation>
    </message>
    <message>
        <source>The map itself before the columns</source>
        <translation>各列之前先放图本身</translation>
    </message>
    <message>
        <source>raw attention, or a method</source>
        <translation>原始注意力，或一种方法</translation>
    </message>
    <message>
        <source>Strongest part shown</source>
        <translation>只显示最强部分</translation>
    </message>
    <message>
        <source>the last</source>
        <translation>最后一层</translation>
    </message>
</context>
<context>
    <name>headlens::FigureLinesEditor</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>%1: which</source>
        <translation>%1：哪些</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Numbers and ranges: 0-3, 7</source>
        <translation>数字和范围：0-3, 7</translation>
    </message>
    <message>
        <source>%1: one a line</source>
        <translation>%1：每行一个</translation>
    </message>
    <message>
        <source>One a line; none: all that the model allows.</source>
        <translation>每行一个；留空则为模型允许的全部。</translation>
    </message>
    <message>
        <source>One a line: cls, a patch as row,column, or a token&apos;s number.</source>
        <translation>每行一个：cls、写作“行,列”的图块，或词元的编号。</translation>
    </message>
    <message>
        <source>One a line: a folder, a file or the name of a model.</source>
        <translation>每行一个：文件夹、文件或模型的名称。</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no list of numbers and ranges such as 0-3, 7.</source>
        <translation>“%1”不是编号和范围的列表，例如 0-3, 7。</translation>
    </message>
    <message>
        <source>%1: add</source>
        <translation>%1：添加</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>headlens::FigurePanels</name>
    <message>
        <source>mean of all tokens</source>
        <translation>所有词元的平均</translation>
    </message>
    <message>
        <source>no layer %1</source>
        <translation>没有第 %1 层</translation>
    </message>
    <message>
        <source>does not look at this token</source>
        <translation>不看这个词元</translation>
    </message>
    <message>
        <source>no head %1</source>
        <translation>没有头 %1</translation>
    </message>
    <message>
        <source>no method %1</source>
        <translation>没有方法 %1</translation>
    </message>
    <message>
        <source>nothing to show here</source>
        <translation>这里没有可显示的</translation>
    </message>
</context>
<context>
    <name>headlens::FigurePreview</name>
    <message>
        <source>Preview of the figure</source>
        <translation>图的预览</translation>
    </message>
</context>
<context>
    <name>headlens::FigureWords</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>层 %1</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>键：%1</translation>
    </message>
    <message>
        <source>query %1</source>
        <translation>查询：%1</translation>
    </message>
    <message>
        <source>Every panel has a scale of its own.</source>
        <translation>每幅图有各自的比例尺。</translation>
    </message>
    <message>
        <source>Every row has a scale of its own.</source>
        <translation>每行有各自的比例尺。</translation>
    </message>
    <message>
        <source>Every column has a scale of its own.</source>
        <translation>每列有各自的比例尺。</translation>
    </message>
    <message>
        <source>All panels have the same scale.</source>
        <translation>所有图共用一个比例尺。</translation>
    </message>
    <message>
        <source>palette %1</source>
        <translation>调色板 %1</translation>
    </message>
    <message>
        <source>logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>interpolated between patches</source>
        <translation>图块之间插值</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Maps by several methods</source>
        <translation>多种方法的图</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>%1 of %2 on %3</source>
        <translation>%1，模型 %2，输入 %3</translation>
    </message>
    <message>
        <source>Drawn with %1</source>
        <translation>绘制：%1</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
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
        <source>the picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>only the patches that hold %1 % of the sum</source>
        <translation>只含占总和 %1 % 的图块</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>first %1</source>
        <translation>最前：%1</translation>
    </message>
    <message>
        <source>value of the map</source>
        <translation>图的数值</translation>
    </message>
    <message>
        <source>attention weight</source>
        <translation>注意力权重</translation>
    </message>
</context>
<context>
    <name>headlens::FileMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Set what the model file cannot say…</source>
        <translation>设置模型文件未说明的内容(&amp;S)…</translation>
    </message>
    <message>
        <source>Con&amp;vert to safetensors…</source>
        <translation>转换为 safetensors(&amp;V)…</translation>
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
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
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
        <source>&amp;Embedded models</source>
        <translation>内置模型(&amp;E)</translation>
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
        <source>&amp;Bias of relative positions…</source>
        <translation>相对位置偏置(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Principal components…</source>
        <translation>主成分(&amp;P)…</translation>
    </message>
    <message>
        <source>Re&amp;construction…</source>
        <translation>重建结果(&amp;C)…</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>清除记录</translation>
    </message>
    <message>
        <source>Ope&amp;n session…</source>
        <translation>打开会话(&amp;N)…</translation>
    </message>
    <message>
        <source>Save sess&amp;ion</source>
        <translation>保存会话(&amp;I)</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>会话另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Re&amp;cent sessions</source>
        <translation>最近的会话(&amp;C)</translation>
    </message>
    <message>
        <source>Export &amp;figure…</source>
        <translation>导出组合图(&amp;F)…</translation>
    </message>
</context>
<context>
    <name>headlens::FilmBar</name>
    <message>
        <source>camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>frame %1 of %2</source>
        <translation>第 %1 帧，共 %2 帧</translation>
    </message>
    <message>
        <source> · %1 a second</source>
        <translation> · 每秒 %1 帧</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Close the film</source>
        <translation>关闭影片</translation>
    </message>
    <message>
        <source>Place in the film</source>
        <translation>影片中的位置</translation>
    </message>
</context>
<context>
    <name>headlens::FilmMenu</name>
    <message>
        <source>Fil&amp;m</source>
        <translation>影片(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Open a film…</source>
        <translation>打开影片(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Camera</source>
        <translation>摄像头(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>播放或暂停(&amp;P)</translation>
    </message>
    <message>
        <source>One frame &amp;back</source>
        <translation>后退一帧(&amp;B)</translation>
    </message>
    <message>
        <source>One frame &amp;forward</source>
        <translation>前进一帧(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Export with the current map…</source>
        <translation>连同当前注意力图导出(&amp;E)…</translation>
    </message>
    <message>
        <source>C&amp;lose the film</source>
        <translation>关闭影片(&amp;L)</translation>
    </message>
    <message>
        <source>Open a film</source>
        <translation>打开影片</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a film first.</source>
        <translation>请先打开影片。</translation>
    </message>
    <message>
        <source>Export the film</source>
        <translation>导出影片</translation>
    </message>
    <message numerus="yes">
        <source>%n frames written to %1</source>
        <translation>
            <numerusform>已将 %n 帧写入 %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headlens::FilmSource</name>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
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
    <name>headlens::FormulaContent</name>
    <message>
        <source>%1 others</source>
        <translation>其余 %1 个</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>headlens::FormulaExplanation</name>
    <message>
        <source>The first key: %1 + … = %2.</source>
        <translation>第一个键：%1 + … = %2。</translation>
    </message>
    <message>
        <source>The first key: %1 / %2 = %3.</source>
        <translation>第一个键：%1 / %2 = %3。</translation>
    </message>
    <message>
        <source>The query: what this token looks for, as %1 numbers.</source>
        <translation>查询：这个词元在找什么，写成 %1 个数。</translation>
    </message>
    <message>
        <source>The query behind φ = elu + 1, which makes all its %1 numbers positive.</source>
        <translation>经过 φ = elu + 1 的查询，它的 %1 个数都变成正数。</translation>
    </message>
    <message>
        <source>What the memory still holds of every key: the delta rule takes away what was known already.</source>
        <translation>记忆中每个键还留下多少：增量规则会减去已经知道的部分。</translation>
    </message>
    <message>
        <source>Every key goes through φ as well; the products are all positive, so no exp is needed.</source>
        <translation>每个键也经过 φ;乘积都是正数，所以不需要 exp。</translation>
    </message>
    <message>
        <source>The query times every key: multiplied number by number and summed. Large: they fit.</source>
        <translation>查询与每个键相乘：逐个数相乘再求和。数越大，两者越相配。</translation>
    </message>
    <message>
        <source>Times the scale of this model, %1.</source>
        <translation>乘以这个模型的缩放系数 %1。</translation>
    </message>
    <message>
        <source>Divided by √d = √%1 = %2, so that scores do not grow with the width.</source>
        <translation>除以 √d = √%1 = %2，使分数不随宽度增大。</translation>
    </message>
    <message>
        <source>The bias of positions is added.</source>
        <translation>加上位置偏置。</translation>
    </message>
    <message>
        <source>There is no bias.</source>
        <translation>没有偏置。</translation>
    </message>
    <message>
        <source>Keys that must not be read get the weight 0: %1 here.</source>
        <translation>不许读取的键权重为 0:这里有 %1 个。</translation>
    </message>
    <message>
        <source>No key is masked.</source>
        <translation>没有键被遮住。</translation>
    </message>
    <message>
        <source>Softmax: exp of every score less the highest (%1); their sum is %2; each divided by it is a weight.</source>
        <translation>Softmax:每个分数减去最高分(%1)再取 exp;总和是 %2;各自除以总和就是权重。</translation>
    </message>
    <message>
        <source>Each product divided by %1, the product with z: the weights.</source>
        <translation>每个乘积除以 %1(查询与 z 的乘积)，就是权重。</translation>
    </message>
    <message>
        <source>The head gives on the values of the keys, each times its weight.</source>
        <translation>这个头把各键的值乘以权重后传下去。</translation>
    </message>
    <message>
        <source>The head gives on the sum of all values, each times its weight: the last line.</source>
        <translation>这个头传下去的是所有值乘以权重之和：最后一行。</translation>
    </message>
    <message>
        <source>Then bounded: %1 · tanh(s / %1) stays below %1.</source>
        <translation>然后加以限幅：%1 · tanh(s / %1) 始终小于 %1。</translation>
    </message>
</context>
<context>
    <name>headlens::FormulaTable</name>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>weight × value v</source>
        <translation>权重 × 值 v</translation>
    </message>
    <message>
        <source>q: %1 numbers, up to ±%2</source>
        <translation>q：%1 个数，最大 ±%2</translation>
    </message>
    <message>
        <source>φ(q): %1 numbers, up to %2</source>
        <translation>φ(q)：%1 个数，最大 %2</translation>
    </message>
</context>
<context>
    <name>headlens::FormulaView</name>
    <message>
        <source>The chosen token asks nothing in this layer: its queries are another sequence.</source>
        <translation>所选词元在这一层不发问：这里的查询来自另一个序列。</translation>
    </message>
    <message>
        <source>The engine does not say how the weights of this block come about.</source>
        <translation>引擎没有说明这个块的权重是怎么来的。</translation>
    </message>
    <message>
        <source>The formula of attention, step by step</source>
        <translation>逐步计算的注意力公式</translation>
    </message>
    <message>
        <source>◀ Back</source>
        <translation>◀ 上一步</translation>
    </message>
    <message>
        <source>Next ▶</source>
        <translation>下一步 ▶</translation>
    </message>
    <message>
        <source>learnt query</source>
        <translation>学得的查询</translation>
    </message>
    <message>
        <source>Step %1 of %2: the row of %3 (layer %4, head %5)</source>
        <translation>第 %1 步，共 %2 步：%3 的一行(第 %4 层，第 %5 头)</translation>
    </message>
    <message>
        <source>Numbers of this step</source>
        <translation>这一步的数</translation>
    </message>
    <message>
        <source>This token reads nothing here: the memory is still empty. All weights are 0.</source>
        <translation>这个词元在这里什么也读不到：记忆还是空的。所有权重都是 0。</translation>
    </message>
    <message>
        <source>This token takes no part in this block. All weights are 0.</source>
        <translation>这个词元不参与这个块。所有权重都是 0。</translation>
    </message>
    <message>
        <source>There is nothing here that this token may look at: everything is masked. All weights are 0.</source>
        <translation>这里没有这个词元可以看的东西：全都被掩码挡住了。所有权重都是 0。</translation>
    </message>
</context>
<context>
    <name>headlens::FoundSection</name>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>No models were found where Hugging Face, torch hub, timm, Ollama and LM Studio keep theirs. A folder of your own can be added.</source>
        <translation>在 Hugging Face、torch hub、timm、Ollama 和 LM Studio 存放模型的位置没有找到模型。你可以添加自己的文件夹。</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>这台计算机上的模型</translation>
    </message>
    <message>
        <source>One more folder in which to look for models; it is remembered</source>
        <translation>再添加一个用于查找模型的文件夹；程序会记住它</translation>
    </message>
    <message>
        <source>Forget a folder</source>
        <translation>忘记文件夹</translation>
    </message>
    <message>
        <source>Show %1 more</source>
        <translation>再显示 %1 个</translation>
    </message>
    <message>
        <source>Look in another folder…</source>
        <translation>在其他文件夹中查找…</translation>
    </message>
</context>
<context>
    <name>headlens::GateDials</name>
    <message>
        <source>Gates of the heads</source>
        <translation>各头的门</translation>
    </message>
    <message>
        <source>Head %1: %2 from the memory, the rest from its own segment; as trained %3. Up and down turn, Delete goes back to the trained value.</source>
        <translation>第 %1 头：%2 来自记忆，其余来自自己所在的段；训练所得 %3。上下键调节，Delete 键恢复训练值。</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
</context>
<context>
    <name>headlens::GenerationPanel</name>
    <message>
        <source>in</source>
        <translation>入</translation>
    </message>
    <message>
        <source>What each layer would say after token %1 if it were the last</source>
        <translation>若某层就是最后一层，它在词元 %1 之后会说什么</translation>
    </message>
    <message>
        <source>Tokens at most</source>
        <translation>最多词元数</translation>
    </message>
    <message>
        <source>Beams</source>
        <translation>束宽</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top k (0: all)</source>
        <translation>前 k 个(0:全部)</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>前 p 份额</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>0: always the most probable token</source>
        <translation>0:总是选概率最大的词元</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>书写</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Walks through the steps; every view follows</source>
        <translation>逐步走过每一步，所有视图随之变化</translation>
    </message>
    <message>
        <source>token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>alternatives</source>
        <translation>备选</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>best guesses</source>
        <translation>最佳猜测</translation>
    </message>
    <message>
        <source>Logit lens</source>
        <translation>逐层透视(logit lens)</translation>
    </message>
    <message>
        <source>This model fills gaps: put %1 into the text.</source>
        <translation>此模型会填空：请在文本中写入 %1。</translation>
    </message>
    <message>
        <source>This model does not write.</source>
        <translation>此模型不会书写。</translation>
    </message>
</context>
<context>
    <name>headlens::GetSection</name>
    <message>
        <source>Get a model</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>HeadLens never goes online. Click a line to copy it, run it in a terminal (hf comes with pip install huggingface_hub), and the model is listed above. Any folder with weights can be dropped here as well.</source>
        <translation>HeadLens 从不联网。点击一行即可复制，在终端中运行（hf 随 pip install huggingface_hub 安装），模型就会列在上方。任何含权重的文件夹也可以直接拖到这里。</translation>
    </message>
    <message>
        <source>Copies this line</source>
        <translation>复制这一行</translation>
    </message>
</context>
<context>
    <name>headlens::HeadChips</name>
    <message>
        <source>Heads</source>
        <translation>头</translation>
    </message>
    <message numerus="yes">
        <source>%n heads</source>
        <translation>
            <numerusform>%n 个头</numerusform>
        </translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Choose among all heads</source>
        <translation>在所有头中选择</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>All heads, each in a colour of its own</source>
        <translation>所有头，各用一种颜色</translation>
    </message>
    <message>
        <source>Mean of the heads</source>
        <translation>各头的平均</translation>
    </message>
    <message>
        <source>Maximum of the heads</source>
        <translation>各头的最大值</translation>
    </message>
    <message>
        <source>Minimum of the heads</source>
        <translation>各头的最小值</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>%1. Ctrl-click lays it over the chosen head</source>
        <translation>%1。按住 Ctrl 单击可叠加到所选的头上</translation>
    </message>
</context>
<context>
    <name>headlens::HeadGrid</name>
    <message>
        <source>Maps of all layers and heads</source>
        <translation>所有层和头的注意力图</translation>
    </message>
    <message>
        <source>Let this head write again</source>
        <translation>让这个头重新输出</translation>
    </message>
    <message>
        <source>Silence this head</source>
        <translation>关闭这个头</translation>
    </message>
    <message>
        <source>silenced</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>%1, folded</source>
        <translation>%1，已折叠</translation>
    </message>
    <message>
        <source>%1, unfolded</source>
        <translation>%1，已展开</translation>
    </message>
    <message>
        <source>Ctrl-click lays it over the chosen head, X silences it</source>
        <translation>Ctrl+单击将其叠加到所选头上，X 将其关闭</translation>
    </message>
    <message>
        <source>Lay over the chosen head</source>
        <translation>叠加到所选头上</translation>
    </message>
    <message>
        <source>Sort by similarity to this head</source>
        <translation>按与这个头的相似度排序</translation>
    </message>
    <message>
        <source>times %1</source>
        <translation>乘以 %1</translation>
    </message>
    <message>
        <source>replaced by its mean</source>
        <translation>以其均值代替</translation>
    </message>
    <message>
        <source>Half of it (× 0.5)</source>
        <translation>减半（× 0.5）</translation>
    </message>
    <message>
        <source>Twice (× 2)</source>
        <translation>加倍（× 2）</translation>
    </message>
    <message>
        <source>Its mean over the tokens</source>
        <translation>它对各词元的均值</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>训练所得</translation>
    </message>
</context>
<context>
    <name>headlens::HeadMagnifier</name>
    <message>
        <source>X turns it on again</source>
        <translation>按 X 重新打开</translation>
    </message>
    <message>
        <source>X turns it off</source>
        <translation>按 X 关闭</translation>
    </message>
</context>
<context>
    <name>headlens::HeadScatter</name>
    <message>
        <source>%1 to %2 %</source>
        <translation>%1 至 %2 %</translation>
    </message>
    <message>
        <source>no pattern</source>
        <translation>无模式</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>%1 of every head over the layers</source>
        <translation>各层每个头的%1</translation>
    </message>
    <message>
        <source>Open a picture or a text.</source>
        <translation>请打开图片或文本。</translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>第 %1 层，第 %2 头</translation>
    </message>
</context>
<context>
    <name>headlens::HeadStatisticsView</name>
    <message>
        <source>all heads</source>
        <translation>所有头</translation>
    </message>
    <message>
        <source>no pattern</source>
        <translation>无模式</translation>
    </message>
    <message>
        <source>colour: pattern</source>
        <translation>颜色：模式</translation>
    </message>
    <message>
        <source>colour: share on CLS and other sinks</source>
        <translation>颜色：给 CLS 等汇点的份额</translation>
    </message>
    <message>
        <source>Table as CSV…</source>
        <translation>表格存为 CSV…</translation>
    </message>
    <message>
        <source>Plot as PNG…</source>
        <translation>图存为 PNG…</translation>
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
        <translation>无法写入 %1。请选择其他文件夹或腾出空间。</translation>
    </message>
    <message>
        <source>Heads that are listed: %1</source>
        <translation>列出的头：%1</translation>
    </message>
    <message>
        <source>Lists only heads of one pattern</source>
        <translation>只列出一种模式的头</translation>
    </message>
    <message>
        <source>Number of the plot: %1</source>
        <translation>图中的数值：%1</translation>
    </message>
    <message>
        <source>What the plot shows over the layers, and its colours</source>
        <translation>图沿各层显示的内容及其颜色</translation>
    </message>
    <message>
        <source>Export table or plot</source>
        <translation>导出表格或图</translation>
    </message>
    <message>
        <source>Find a head: 5.3, induction</source>
        <translation>查找头：5.3、归纳</translation>
    </message>
    <message>
        <source>Find a head by layer, number or pattern</source>
        <translation>按层、编号或模式查找头</translation>
    </message>
    <message>
        <source>Statistics of heads</source>
        <translation>头的统计</translation>
    </message>
    <message>
        <source>Table and plot</source>
        <translation>表格与图</translation>
    </message>
    <message>
        <source>Head statistics</source>
        <translation>头统计</translation>
    </message>
    <message>
        <source>Open a picture or a text.</source>
        <translation>请打开图片或文本。</translation>
    </message>
    <message>
        <source>%1 of %2 heads</source>
        <translation>%1 / %2 个头</translation>
    </message>
</context>
<context>
    <name>headlens::HeadTableModel</name>
    <message>
        <source>%1: a score from %2 on, because %3</source>
        <translation>%1：得分不低于 %2，因为%3</translation>
    </message>
    <message>
        <source>layer%1 head%2</source>
        <translation>层%1 头%2</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>How far the pattern goes beyond what uniform attention would give: 0 as much, 1 everything</source>
        <translation>模式超出均匀注意力的程度：0 为相同，1 为全部</translation>
    </message>
</context>
<context>
    <name>headlens::HeadsBar</name>
    <message>
        <source>sorted by %1</source>
        <translation>按%1排序</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 个头</translation>
    </message>
    <message>
        <source>Order of the heads: %1</source>
        <translation>头的排序：%1</translation>
    </message>
    <message>
        <source>last layer first</source>
        <translation>末层在前</translation>
    </message>
    <message>
        <source>first layer first</source>
        <translation>首层在前</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>从大到小</translation>
    </message>
    <message>
        <source>smallest first</source>
        <translation>从小到大</translation>
    </message>
    <message>
        <source>fold all groups</source>
        <translation>折叠所有分组</translation>
    </message>
    <message>
        <source>unfold all groups</source>
        <translation>展开所有分组</translation>
    </message>
    <message>
        <source>magnify the head under the mouse</source>
        <translation>放大鼠标下的头</translation>
    </message>
    <message>
        <source>Each number is a mean of all queries.</source>
        <translation>每个数都是所有查询的均值。</translation>
    </message>
</context>
<context>
    <name>headlens::HeatMatrix</name>
    <message>
        <source>Matrix of the study</source>
        <translation>测量矩阵</translation>
    </message>
    <message>
        <source>Arrow keys go from cell to cell, Enter selects what it stands for.</source>
        <translation>方向键在单元格间移动，Enter 选择其所指。</translation>
    </message>
</context>
<context>
    <name>headlens::HelpMenu</name>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>按键与手势(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>术语表(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>课程(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About HeadLens</source>
        <translation>关于 HeadLens(&amp;A)</translation>
    </message>
    <message>
        <source>HeadLens %1: a microscope for transformers. It never goes online.</source>
        <translation>HeadLens %1：Transformer 的显微镜。从不联网。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later; without any warranty.</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更新版本；不提供任何担保。</translation>
    </message>
    <message>
        <source>The engine computes with LibTorch %1.</source>
        <translation>引擎使用 LibTorch %1 计算。</translation>
    </message>
    <message>
        <source>About HeadLens</source>
        <translation>关于 HeadLens</translation>
    </message>
    <message>
        <source>Hel&amp;p</source>
        <translation>帮助(&amp;P)</translation>
    </message>
</context>
<context>
    <name>headlens::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Search keys, gestures and words</source>
        <translation>搜索按键、手势和术语</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>按键与手势</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>术语表</translation>
    </message>
</context>
<context>
    <name>headlens::HiddenShare</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>Share of hidden patches</source>
        <translation>遮挡图像块的比例</translation>
    </message>
    <message>
        <source>Hide others</source>
        <translation>换一批遮挡</translation>
    </message>
</context>
<context>
    <name>headlens::History</name>
    <message>
        <source>Attention of the token</source>
        <translation>词元的注意力</translation>
    </message>
</context>
<context>
    <name>headlens::HistoryPane</name>
    <message>
        <source>As it was opened</source>
        <translation>刚打开时</translation>
    </message>
    <message>
        <source>Steps that can be undone</source>
        <translation>可撤销的步骤</translation>
    </message>
    <message>
        <source>Click a step to go back to it, or forward again</source>
        <translation>点击某一步即可回到它，或再次前进</translation>
    </message>
</context>
<context>
    <name>headlens::InspectionModel</name>
    <message>
        <source>Inspecting %1</source>
        <translation>正在分析 %1</translation>
    </message>
    <message>
        <source>Memory is short: hidden states were not kept, so principal components and the like are not there for this picture.</source>
        <translation>内存不足：未保留隐藏状态，因此这张图片没有主成分等内容。</translation>
    </message>
    <message>
        <source>The GPU has too little memory for this picture. The model moved to the CPU.</source>
        <translation>GPU 显存不足以处理这张图片，模型已移到 CPU。</translation>
    </message>
    <message>
        <source>the text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The engine stopped; it is started again and the view restored. %1</source>
        <translation>引擎停止了；正在重新启动并恢复视图。%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The engine stopped; it is started again and the view restored. The baseline is gone. %1</source>
        <translation>引擎已停止；它已重新启动，视图已恢复。基线已丢失。%1</translation>
    </message>
</context>
<context>
    <name>headlens::InterventionRow</name>
    <message>
        <source>%1: factor</source>
        <translation>%1：系数</translation>
    </message>
    <message>
        <source>0 is off, 1 as trained</source>
        <translation>0 为关闭，1 为训练所得</translation>
    </message>
    <message>
        <source>Take back: %1</source>
        <translation>撤回：%1</translation>
    </message>
    <message>
        <source>As trained again</source>
        <translation>恢复为训练所得</translation>
    </message>
    <message>
        <source>0 is as trained, below it away from the first set</source>
        <translation>0 为训练时的原样，负值则远离第一组</translation>
    </message>
</context>
<context>
    <name>headlens::InterventionsView</name>
    <message>
        <source>Nothing is changed. Choose a head in the grid or pin a token in the picture, then press one of the buttons above; its factor and what the model answers then stand here.</source>
        <translation>尚未更改任何内容。请在网格中选择一个头，或在图片中固定一个词元，然后按上方的按钮；其系数和模型的回答会显示在这里。</translation>
    </message>
    <message>
        <source>Set the baseline (H) before you change something, and its answers stand beside the new ones.</source>
        <translation>请在更改之前设定基线（H），其回答就会与新的回答并列显示。</translation>
    </message>
    <message>
        <source>Answers: baseline → now</source>
        <translation>回答：基线 → 现在</translation>
    </message>
    <message>
        <source>Interventions</source>
        <translation>干预</translation>
    </message>
    <message>
        <source>Everything as trained</source>
        <translation>全部恢复为训练所得</translation>
    </message>
</context>
<context>
    <name>headlens::Keeping</name>
    <message>
        <source>HeadLens ended without being closed the last time.</source>
        <translation>上次 HeadLens 没有正常关闭就结束了。</translation>
    </message>
    <message>
        <source>Restore what was open</source>
        <translation>恢复当时打开的内容</translation>
    </message>
    <message>
        <source>What was open before</source>
        <translation>之前打开的内容</translation>
    </message>
</context>
<context>
    <name>headlens::LayerBars</name>
    <message>
        <source>encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>resampler</source>
        <translation>重采样器</translation>
    </message>
    <message>
        <source>Entropy: %1 nats</source>
        <translation>熵：%1 奈特</translation>
    </message>
    <message>
        <source>Distance: %1</source>
        <translation>距离：%1</translation>
    </message>
    <message>
        <source>On the first token: %1 %</source>
        <translation>给首词元：%1 %</translation>
    </message>
    <message>
        <source>On itself: %1 %</source>
        <translation>给自身：%1 %</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Mean entropy</source>
        <translation>平均熵</translation>
    </message>
    <message>
        <source>Mean distance</source>
        <translation>平均距离</translation>
    </message>
    <message>
        <source>Share on CLS or the first token</source>
        <translation>给 CLS 或首词元的份额</translation>
    </message>
    <message>
        <source>Share on the token itself</source>
        <translation>给词元自身的份额</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>层 %1</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>层 %1，%2</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>首个词元</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>自身</translation>
    </message>
    <message>
        <source>Stage %1, windows of %2 × %3 patches</source>
        <translation>阶段 %1，窗口 %2 × %3 个图块</translation>
    </message>
    <message>
        <source>%1, shifted by %2 × %3</source>
        <translation>%1，移位 %2 × %3</translation>
    </message>
</context>
<context>
    <name>headlens::LayerScrubber</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play through the layers</source>
        <translation>逐层播放</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>What the bars show: %1</source>
        <translation>柱形表示：%1</translation>
    </message>
    <message>
        <source>layer %1 of 0–%2</source>
        <translation>第 %1 层（0–%2）</translation>
    </message>
    <message>
        <source>Bars: %1</source>
        <translation>柱：%1</translation>
    </message>
</context>
<context>
    <name>headlens::LensModel</name>
    <message>
        <source>The embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%1 behind “%2”: it would say “%3” (%4 %). “%5” is number %6</source>
        <translation>%1，“%2”之后：会说“%3”（%4 %）。“%5”排第 %6</translation>
    </message>
</context>
<context>
    <name>headlens::LensView</name>
    <message>
        <source>Logit lens: what every layer would say</source>
        <translation>逐层透视：每一层会说什么</translation>
    </message>
    <message>
        <source>What each layer would say next if it were the last; the darker, the higher it ranks the word that stands there</source>
        <translation>若某层是最后一层，它接下来会说什么；颜色越深，实际出现的词排名越高</translation>
    </message>
    <message>
        <source>Nothing to show: the model predicts no words, or hidden states were not kept</source>
        <translation>没有可显示的内容：模型不预测词，或未保留隐藏状态</translation>
    </message>
</context>
<context>
    <name>headlens::LessonActions</name>
    <message>
        <source>Step %1 of the lesson cannot be shown as it should: %2</source>
        <translation>课程的第 %1 步无法如实显示：%2</translation>
    </message>
</context>
<context>
    <name>headlens::LessonList</name>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>%1 steps · done</source>
        <translation>%1 步 · 已完成</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 步</translation>
    </message>
</context>
<context>
    <name>headlens::LessonMenu</name>
    <message>
        <source>L&amp;essons</source>
        <translation>课程(&amp;E)</translation>
    </message>
    <message>
        <source>Open a lesson folder…</source>
        <translation>打开课程文件夹……</translation>
    </message>
    <message>
        <source>Open a lesson folder</source>
        <translation>打开课程文件夹</translation>
    </message>
</context>
<context>
    <name>headlens::LessonPage</name>
    <message>
        <source>Lessons open nothing outside HeadLens: %1</source>
        <translation>课程不会打开 HeadLens 之外的任何内容：%1</translation>
    </message>
</context>
<context>
    <name>headlens::LessonPlaces</name>
    <message>
        <source>all heads</source>
        <translation>所有头</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>layer %1, %2, %3</source>
        <translation>第 %1 层，%2,%3</translation>
    </message>
    <message>
        <source>%1 looks at %2</source>
        <translation>%1 看 %2</translation>
    </message>
    <message>
        <source>This leads nowhere in the run that is shown: %1</source>
        <translation>在当前运行中找不到此处：%1</translation>
    </message>
    <message>
        <source>the class token</source>
        <translation>分类词元</translation>
    </message>
    <message>
        <source>the last token</source>
        <translation>最后一个词元</translation>
    </message>
    <message>
        <source>the word “%1”</source>
        <translation>词“%1”</translation>
    </message>
    <message>
        <source>the patch in row %1, column %2</source>
        <translation>第 %1 行第 %2 列的图像块</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>词元 %1</translation>
    </message>
    <message>
        <source>%1 of the encoder</source>
        <translation>编码器的%1</translation>
    </message>
    <message>
        <source>%1 of the decoder</source>
        <translation>解码器的%1</translation>
    </message>
    <message>
        <source>%1 of the text</source>
        <translation>文本的%1</translation>
    </message>
    <message>
        <source>%1 of the picture</source>
        <translation>图片的%1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 of the latents</source>
        <translation>潜变量的%1</translation>
    </message>
</context>
<context>
    <name>headlens::LessonPlayer</name>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>patch (%1, %2)</source>
        <translation>图像块 (%1, %2)</translation>
    </message>
</context>
<context>
    <name>headlens::LessonPrediction</name>
    <message>
        <source>You chose %1. The answer is being computed …</source>
        <translation>你选了 %1。正在计算答案……</translation>
    </message>
    <message>
        <source>You chose %1. For this input none of the answers can be told right.</source>
        <translation>你选了 %1。对这个输入无法判断哪个答案正确。</translation>
    </message>
    <message>
        <source>✓ Right: %1</source>
        <translation>✓ 正确：%1</translation>
    </message>
    <message>
        <source>✗ You chose %1, but the right answer is: %2</source>
        <translation>✗ 你选了 %1，正确答案是：%2</translation>
    </message>
    <message>
        <source>✓ %1 (your choice, right)</source>
        <translation>✓ %1(你的选择，正确)</translation>
    </message>
    <message>
        <source>✓ %1 (right)</source>
        <translation>✓ %1(正确)</translation>
    </message>
    <message>
        <source>✗ %1 (your choice, wrong)</source>
        <translation>✗ %1(你的选择，错误)</translation>
    </message>
    <message>
        <source>%1 (your choice)</source>
        <translation>%1(你的选择)</translation>
    </message>
    <message>
        <source>Answer %1: %2</source>
        <translation>答案 %1:%2</translation>
    </message>
    <message>
        <source>Your prediction</source>
        <translation>你的预测</translation>
    </message>
</context>
<context>
    <name>headlens::LessonReturn</name>
    <message>
        <source>Back from the lesson</source>
        <translation>从课程返回</translation>
    </message>
</context>
<context>
    <name>headlens::LessonSheet</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>What follows does not fit this input in every word: the numbers belong to it, the words were written for another.</source>
        <translation>下面的话并不字字符合这个输入：数字属于它，文字是为另一个输入写的。</translation>
    </message>
    <message>
        <source>✓ Done: %1.</source>
        <translation>✓ 完成：%1。</translation>
    </message>
    <message>
        <source>Your turn: choose %1.</source>
        <translation>轮到你了：请选择%1。</translation>
    </message>
    <message>
        <source>This is the last step.</source>
        <translation>这是最后一步。</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Text of the lesson</source>
        <translation>课程正文</translation>
    </message>
    <message>
        <source>Steps of the lesson</source>
        <translation>课程步骤</translation>
    </message>
    <message>
        <source>Progress in the lesson</source>
        <translation>课程进度</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Left, Backspace or Page Up</source>
        <translation>左箭头、退格键或 Page Up</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Space, Right or Page Down</source>
        <translation>空格、右箭头或 Page Down</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Go on without doing what this step asks for</source>
        <translation>不做此步要求的事，直接继续</translation>
    </message>
    <message>
        <source>Next lesson</source>
        <translation>下一课</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>From the first step, all predictions forgotten</source>
        <translation>回到第一步，忘掉所有预测</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The lesson waits: it speaks of %1. Continue brings it back.</source>
        <translation>课程暂停：它讲的是 %1。点“继续”即可回到课程。</translation>
    </message>
    <message>
        <source>Leave the lesson; what was open before it comes back</source>
        <translation>离开课程；之前打开的内容会恢复</translation>
    </message>
</context>
<context>
    <name>headlens::LifeLayout</name>
    <message>
        <source>%1? %2 %</source>
        <translation>%1？%2 %</translation>
    </message>
    <message>
        <source>hidden (%1)</source>
        <translation>被隐藏（%1）</translation>
    </message>
    <message>
        <source>Background, born %1: %2</source>
        <translation>背景，出生于 %1：%2</translation>
    </message>
    <message>
        <source>Event %1 of %2, %3, age %4: %5</source>
        <translation>事件 %1/%2，%3，%4 岁：%5</translation>
    </message>
    <message>
        <source>Chosen: the query of the attention</source>
        <translation>已选中：注意力的查询</translation>
    </message>
    <message>
        <source>attention %1 a word</source>
        <translation>每个词的注意力 %1</translation>
    </message>
    <message>
        <source>age %1</source>
        <translation>%1 岁</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>无日期</translation>
    </message>
</context>
<context>
    <name>headlens::LifeLine</name>
    <message>
        <source>Life line. Left and Right move the chosen event by a month, Page Up and Page Down by a year; Up and Down choose a word, with Ctrl an event; Delete hides the word, Shift+Right swaps the event with the next one</source>
        <translation>生命线。← 和 → 键将选中的事件移动一个月，Page Up 和 Page Down 移动一年；上下键选择词，加 Ctrl 选择事件；Delete 隐藏该词，Shift+→ 与下一个事件交换</translation>
    </message>
    <message>
        <source>Show this word</source>
        <translation>显示这个词</translation>
    </message>
    <message>
        <source>Hide this word</source>
        <translation>隐藏这个词</translation>
    </message>
    <message>
        <source>Swap with the next event</source>
        <translation>与下一个事件交换</translation>
    </message>
</context>
<context>
    <name>headlens::LifeSheet</name>
    <message>
        <source>Show this word</source>
        <translation>显示这个词</translation>
    </message>
    <message>
        <source>Write the best guess</source>
        <translation>写入最佳猜测</translation>
    </message>
    <message>
        <source>Hide this word</source>
        <translation>隐藏这个词</translation>
    </message>
    <message>
        <source>Age is added with strength %1.</source>
        <translation>年龄以强度 %1 加入。</translation>
    </message>
    <message>
        <source>Age is not added at all.</source>
        <translation>年龄完全没有加入。</translation>
    </message>
    <message>
        <source>Date is added with strength %1.</source>
        <translation>日期以强度 %1 加入。</translation>
    </message>
    <message>
        <source>Date is not added at all.</source>
        <translation>日期完全没有加入。</translation>
    </message>
    <message>
        <source>Hidden word</source>
        <translation>被隐藏的词</translation>
    </message>
    <message>
        <source>No word is hidden. Choose one and press Delete: the model guesses it.</source>
        <translation>没有被隐藏的词。请选择一个词并按 Delete：模型会猜测它。</translation>
    </message>
    <message>
        <source>Hidden word %1 of %2</source>
        <translation>%2 的第 %1 个词（被隐藏）</translation>
    </message>
    <message>
        <source>There are no guesses yet.</source>
        <translation>还没有猜测。</translation>
    </message>
    <message>
        <source>as lived</source>
        <translation>真实顺序</translation>
    </message>
    <message>
        <source>reversed</source>
        <translation>颠倒</translation>
    </message>
    <message>
        <source>shuffled</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>Order of the events</source>
        <translation>事件的顺序</translation>
    </message>
    <message>
        <source>This model does not judge the order of events.</source>
        <translation>此模型不判断事件的顺序。</translation>
    </message>
    <message>
        <source>This model reads no lives.</source>
        <translation>此模型不读取人生记录。</translation>
    </message>
    <message>
        <source>These lives are made up by a program; they are nobody&apos;s.</source>
        <translation>这些人生由程序虚构，不属于任何人。</translation>
    </message>
    <message>
        <source>Delete on the life line does the same: the model guesses what is hidden</source>
        <translation>在生命线上按 Delete 效果相同：模型会猜测被隐藏的内容</translation>
    </message>
    <message>
        <source>Swap with the next event</source>
        <translation>与下一个事件交换</translation>
    </message>
    <message>
        <source>What happened changes places, the dates stay: see what the model says about the order (Shift+Right on the life line)</source>
        <translation>交换的是发生的事，日期不变：看看模型如何判断顺序（在生命线上按 Shift+→）</translation>
    </message>
</context>
<context>
    <name>headlens::LifeView</name>
    <message>
        <source>Life line</source>
        <translation>生命线</translation>
    </message>
</context>
<context>
    <name>headlens::LinesPaint</name>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
</context>
<context>
    <name>headlens::LinesScene</name>
    <message>
        <source>learnt query</source>
        <translation>学得的查询</translation>
    </message>
</context>
<context>
    <name>headlens::LinesView</name>
    <message>
        <source>Lines from queries to keys</source>
        <translation>从查询到键的连线</translation>
    </message>
    <message>
        <source>Which text looks at which</source>
        <translation>哪段文本看哪段</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>A→A</source>
        <translation>A→A</translation>
    </message>
    <message>
        <source>A→B</source>
        <translation>A→B</translation>
    </message>
    <message>
        <source>B→A</source>
        <translation>B→A</translation>
    </message>
    <message>
        <source>B→B</source>
        <translation>B→B</translation>
    </message>
    <message>
        <source>Lines from tokens of one text to tokens of the other; 90 % of what is left is shown</source>
        <translation>从一段文本的词元到另一段的连线；显示其余部分的 90 %</translation>
    </message>
    <message>
        <source>This layer looks within windows. Lines are drawn for layers without windows.</source>
        <translation>这一层只在窗口内观看。连线只为没有窗口的层绘制。</translation>
    </message>
    <message>
        <source>There are more than %1 patches, too many for lines.</source>
        <translation>图像块超过 %1 个，太多而无法画线。</translation>
    </message>
    <message>
        <source>The view is limited to the first %1 tokens.</source>
        <translation>此视图只显示前 %1 个词元。</translation>
    </message>
    <message>
        <source>all heads</source>
        <translation>所有头</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>%1, token %2</source>
        <translation>%1，词元 %2</translation>
    </message>
    <message>
        <source>Not every token takes part in this layer; those that are left stand in no order to draw.</source>
        <translation>并非每个词元都参加这一层；留下的没有可画的次序。</translation>
    </message>
</context>
<context>
    <name>headlens::LookMenu</name>
    <message>
        <source>&amp;Look</source>
        <translation>浏览(&amp;L)</translation>
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
        <source>&amp;DINO view: class token, all heads</source>
        <translation>DINO 视图：分类词元，所有头(&amp;D)</translation>
    </message>
    <message>
        <source>Let go of the pin</source>
        <translation>取消固定</translation>
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
        <source>&amp;Hold this run as the baseline</source>
        <translation>把此次运行留作基线(&amp;H)</translation>
    </message>
    <message>
        <source>Release the baseline</source>
        <translation>放开基线</translation>
    </message>
</context>
<context>
    <name>headlens::MainWindow</name>
    <message>
        <source>%1 – %2 – HeadLens</source>
        <translation>%1 – %2 – HeadLens</translation>
    </message>
    <message>
        <source>HeadLens</source>
        <translation>HeadLens</translation>
    </message>
    <message>
        <source>%1 – HeadLens</source>
        <translation>%1 – HeadLens</translation>
    </message>
    <message>
        <source>The layout of %1 could not be read: it is as at first, the old one is kept in the settings as .bad.</source>
        <translation>无法读取“%1”的布局：已恢复为初始布局，旧布局以 .bad 保留在设置中。</translation>
    </message>
</context>
<context>
    <name>headlens::MapMenu</name>
    <message>
        <source>Map</source>
        <translation>图谱</translation>
    </message>
    <message>
        <source>raw attention</source>
        <translation>原始注意力</translation>
    </message>
    <message>
        <source>The row of the token, in the chosen layer and head</source>
        <translation>所选层和头中该词元的行</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>%1 的设置</translation>
    </message>
</context>
<context>
    <name>headlens::MaskView</name>
    <message>
        <source>Shift mask of the window</source>
        <translation>窗口的移位掩码</translation>
    </message>
    <message>
        <source>Query (row %1, column %2) and key (row %3, column %4)</source>
        <translation>查询（行 %1，列 %2）与键（行 %3，列 %4）</translation>
    </message>
    <message>
        <source>%1: one of them is padding, which is not masked.</source>
        <translation>%1：其中之一是填充，填充不被遮蔽。</translation>
    </message>
    <message>
        <source>%1 may look at each other: they are neighbours in the picture.</source>
        <translation>%1可以互相关注：它们在图片中相邻。</translation>
    </message>
    <message>
        <source>%1 are cut (−100 before the softmax): %2 rows and %3 columns apart in the picture, only the roll brought them into one window.</source>
        <translation>%1被切断（softmax 之前加 −100）：在图片中相距 %2 行 %3 列，只因滚动才落入同一窗口。</translation>
    </message>
    <message>
        <source>This block has no windows.</source>
        <translation>此模块没有窗口。</translation>
    </message>
    <message>
        <source>Window %1. Left its tokens by region, right its mask: queries down, keys across, black pairs are cut. Point at a pair.</source>
        <translation>窗口 %1。左侧为按区域着色的词元，右侧为掩码：纵向为查询，横向为键，黑色的配对被切断。请指向一个配对。</translation>
    </message>
    <message>
        <source>Window %1 lies in one piece: no pair is cut.</source>
        <translation>窗口 %1 是完整的一块：没有配对被切断。</translation>
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
    <name>headlens::MemoryMap</name>
    <message>
        <source>M of head %1, up to ±%2</source>
        <translation>第 %1 头的 M，最大 ±%2</translation>
    </message>
    <message>
        <source>z, up to %1</source>
        <translation>z，最大 %1</translation>
    </message>
    <message>
        <source>Empty: no segment has been read</source>
        <translation>空的：还没有读入任何一段</translation>
    </message>
    <message>
        <source>Rows: features of keys; columns: of values</source>
        <translation>行：键的特征；列：值的特征</translation>
    </message>
    <message>
        <source>M[%1,%2] = %3, z[%1] = %4</source>
        <translation>M[%1,%2] = %3,z[%1] = %4</translation>
    </message>
    <message>
        <source>Memory of head %1 after %2 segments</source>
        <translation>读过 %2 段之后第 %1 头的记忆</translation>
    </message>
    <message>
        <source>Largest number of M over all segments %1, of z %2</source>
        <translation>所有段中 M 的最大数 %1,z 的最大数 %2</translation>
    </message>
</context>
<context>
    <name>headlens::MemoryView</name>
    <message>
        <source>Memory: H·l·d·(d+1)·4 = %1·%2·%3·%4·4 = %5, however long the text is.</source>
        <translation>记忆：H·l·d·(d+1)·4 = %1·%2·%3·%4·4 = %5，与文本长度无关。</translation>
    </message>
    <message>
        <source>Keys and values: 2·H·l·d·T·4 = %1 for T = %2 tokens.</source>
        <translation>键和值：2·H·l·d·T·4 = %1,T = %2 个词元时。</translation>
    </message>
    <message>
        <source>Ratio: 2T/(d+1) = %1. %2</source>
        <translation>比值：2T/(d+1) = %1。%2</translation>
    </message>
    <message>
        <source>For a text this short the memory is the larger one.</source>
        <translation>文本这么短时，记忆反而更大。</translation>
    </message>
    <message>
        <source>So many times smaller is the memory.</source>
        <translation>记忆就小这么多倍。</translation>
    </message>
    <message>
        <source>Compressed memory</source>
        <translation>压缩记忆</translation>
    </message>
    <message>
        <source>This model keeps no compressed memory. Open one with Infini-attention to see it fill.</source>
        <translation>这个模型没有压缩记忆。打开一个带 Infini-attention 的模型，就能看到它逐段填满。</translation>
    </message>
    <message>
        <source>Gates of layer %1: 0 reads only the own segment, 1 only the memory. The tick is where training left them; drag, or turn with the arrow keys.</source>
        <translation>第 %1 层的门：0 只读自己所在的段，1 只读记忆。刻线是训练所得；可以拖动，也可以用方向键调节。</translation>
    </message>
    <message>
        <source>Segments in the memory</source>
        <translation>已进入记忆的段</translation>
    </message>
    <message>
        <source>Forget the memory</source>
        <translation>清空记忆</translation>
    </message>
    <message>
        <source>M and z are set to 0 before they are read</source>
        <translation>在读取之前把 M 和 z 置为 0</translation>
    </message>
    <message>
        <source>For a text of</source>
        <translation>文本长度</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 个词元</translation>
    </message>
    <message>
        <source>Tokens of the text for the calculation</source>
        <translation>用于计算的文本词元数</translation>
    </message>
    <message>
        <source>The paper&apos;s “114x” is a ratio of rounded memory sizes (183M to 1.6M numbers) against one baseline at one length: it is no measure of how much information is kept, and no comparison with a full cache of keys and values.</source>
        <translation>论文里的“114 倍”是两个取整后的存储大小之比(1.83 亿个数比 160 万个数)，只针对一个基线、一种长度：它并不衡量保留了多少信息，也不是与完整的键值缓存相比。</translation>
    </message>
</context>
<context>
    <name>headlens::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>headlens::MethodPage</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The canvas shows a row of attention. Choose a method in the sheet.</source>
        <translation>画布上显示的是一行注意力。请在方法总览中选择一种方法。</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Not for this model</source>
        <translation>不适用于此模型</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>此处</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
</context>
<context>
    <name>headlens::MethodSettings</name>
    <message>
        <source>Takes about %1</source>
        <translation>大约需要 %1</translation>
    </message>
</context>
<context>
    <name>headlens::MethodSheet</name>
    <message>
        <source>This method says nothing of patches.</source>
        <translation>此方法对图块没有说明。</translation>
    </message>
</context>
<context>
    <name>headlens::ModelFiles</name>
    <message>
        <source>What the model file cannot say</source>
        <translation>模型文件未说明的内容</translation>
    </message>
    <message>
        <source>One KEY=VALUE a line: num_heads, decoder_num_heads, image_size (224, or 64x32 for height x width), window_size, layer_norm_eps, activation (gelu, gelu_new, quick_gelu, silu, relu), interpolation (hf, facebook, timm), weights (averaged, raw or a name), allow_nonfinite</source>
        <translation>每行一个 KEY=VALUE：num_heads、decoder_num_heads、image_size（224，或 64x32 表示高 x 宽）、window_size、layer_norm_eps、activation（gelu、gelu_new、quick_gelu、silu、relu）、interpolation（hf、facebook、timm）、weights（averaged、raw 或名称）、allow_nonfinite</translation>
    </message>
    <message>
        <source>Convert a PyTorch checkpoint</source>
        <translation>转换 PyTorch 检查点</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Write safetensors</source>
        <translation>写入 safetensors</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
</context>
<context>
    <name>headlens::ModelLoader</name>
    <message>
        <source>Opening %1: needs %2 of %3</source>
        <translation>正在打开 %1：需要 %2，可用 %3</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>The GPU has too little memory for this model. It runs on the CPU.</source>
        <translation>GPU 显存不足以运行此模型，改由 CPU 运行。</translation>
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
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 with one picture</source>
        <translation>一张图片时为 %1</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
</context>
<context>
    <name>headlens::Notices</name>
    <message>
        <source>Look all the same</source>
        <translation>仍然查看</translation>
    </message>
    <message>
        <source>This run is the baseline now. Change the text, the picture, a word or a head: maps of attention show the difference to it, blue for less, red for more. Shift+H lets go.</source>
        <translation>此次运行现为基线。更换文本、图片、词或头之后，注意力图显示与它的差异：蓝色为减少，红色为增多。按 Shift+H 放开。</translation>
    </message>
    <message>
        <source>This run has other layers, heads or tokens than the baseline, so it is shown as it is.</source>
        <translation>这次运行的层、头或词元与基线不同，因此按原样显示。</translation>
    </message>
</context>
<context>
    <name>headlens::Openings</name>
    <message>
        <source>Neither a picture nor a model: %1. Choose a picture or a model folder.</source>
        <translation>既不是图片也不是模型：%1。请选择图片或模型文件夹。</translation>
    </message>
    <message>
        <source>This folder holds very many files: not all pictures were opened.</source>
        <translation>该文件夹包含的文件太多：并非所有图片都已打开。</translation>
    </message>
    <message>
        <source>There is nothing HeadLens can open. Choose a picture or a model folder.</source>
        <translation>没有 HeadLens 可以打开的内容。请选择图片或模型文件夹。</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>%1 could not be opened: %2. Choose another picture.</source>
        <translation>无法打开 %1：%2。请选择其他图片。</translation>
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
</context>
<context>
    <name>headlens::PairView</name>
    <message>
        <source>Nobody looks at the chosen token in this layer: its keys are another sequence.</source>
        <translation>这一层没有谁看所选词元：它的键属于另一序列。</translation>
    </message>
    <message>
        <source>The chosen token asks nothing in this layer: its queries are another sequence.</source>
        <translation>所选词元在这一层不发出查询：它的查询属于另一序列。</translation>
    </message>
    <message>
        <source>learnt query</source>
        <translation>学得的查询</translation>
    </message>
    <message>
        <source> + mask (forbidden)</source>
        <translation> + 掩码(禁止)</translation>
    </message>
    <message>
        <source> + mask %1</source>
        <translation> + 掩码 %1</translation>
    </message>
    <message>
        <source>Score: dot product %1 × scale %2 + bias %3%4 = %5</source>
        <translation>分数：点积 %1 × 缩放 %2 + 偏置 %3%4 = %5</translation>
    </message>
    <message>
        <source>Softmax: exp(%1 − highest %2) / sum %3 = weight %4 (%5 %)</source>
        <translation>Softmax:exp(%1 − 最大值 %2) / 总和 %3 = 权重 %4(%5 %)</translation>
    </message>
    <message>
        <source>How a weight comes about</source>
        <translation>权重是怎样得来的</translation>
    </message>
    <message>
        <source>%1 → %2 (layer %3, head %4)</source>
        <translation>%1 → %2(第 %3 层，头 %4)</translation>
    </message>
    <message>
        <source>Query q, up to ±%1</source>
        <translation>查询 q，至 ±%1</translation>
    </message>
    <message>
        <source>Key k, up to ±%1</source>
        <translation>键 k，至 ±%1</translation>
    </message>
    <message>
        <source>Product q·k, up to ±%1</source>
        <translation>乘积 q·k，至 ±%1</translation>
    </message>
    <message>
        <source>Dimension %1
Query %2, key %3
Product %4</source>
        <translation>维度 %1
查询 %2，键 %3
乘积 %4</translation>
    </message>
    <message>
        <source>Layers that look within windows, or in which not every token takes part, do not show how a weight comes about.</source>
        <translation>在窗口内看、或并非每个词元都参加的层，不显示权重是怎样得来的。</translation>
    </message>
    <message>
        <source>This layer weighs without a softmax; open the dock Formula to see its numbers.</source>
        <translation>这一层不用 softmax 加权；其数字见停靠窗“注意力公式”。</translation>
    </message>
    <message>
        <source>%1, bounded by %2,</source>
        <translation>%1（限幅 %2）</translation>
    </message>
</context>
<context>
    <name>headlens::PaletteLines</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>目前无法执行</translation>
    </message>
</context>
<context>
    <name>headlens::PaletteMenu</name>
    <message>
        <source>Palette</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>As the theme of the window asks</source>
        <translation>按窗口主题选择</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
</context>
<context>
    <name>headlens::PalettePopup</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Command, view, model, lesson, or a place: 5.3, layer 5, token 7, patch 3,5</source>
        <translation>命令、视图、模型、课程，或位置：5.3、层 5、词元 7、图像块 3,5</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing is called “%1”.</source>
        <translation>没有名为“%1”的内容。</translation>
    </message>
    <message>
        <source>“%1” is not possible now.</source>
        <translation>“%1”目前无法执行。</translation>
    </message>
    <message>
        <source>%1; %2 of %3</source>
        <translation>%1；第 %2 项，共 %3 项</translation>
    </message>
</context>
<context>
    <name>headlens::PaneHeader</name>
    <message>
        <source>As shown</source>
        <translation>与主图相同</translation>
    </message>
    <message>
        <source>Checkpoints of this training (%1)</source>
        <translation>这次训练的检查点（%1 个）</translation>
    </message>
    <message>
        <source>Another text</source>
        <translation>另一段文本</translation>
    </message>
    <message>
        <source>raw attention</source>
        <translation>原始注意力</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>训练所得</translation>
    </message>
    <message>
        <source>Without the heads, parts and words that are off in the window: what was before</source>
        <translation>不含窗口中关闭的头、部件与词：即改动之前</translation>
    </message>
    <message>
        <source>as shown</source>
        <translation>与主图相同</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>no input</source>
        <translation>没有输入</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>训练所得</translation>
    </message>
    <message>
        <source>Shows this map minus the main one: red for more, blue for less</source>
        <translation>显示此图减去主图：红色表示更大，蓝色表示更小</translation>
    </message>
    <message>
        <source>Take this pane away</source>
        <translation>移除此窗格</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
</context>
<context>
    <name>headlens::PaneModel</name>
    <message>
        <source>%1 could not be opened. Choose another picture.</source>
        <translation>无法打开 %1。请选择另一张图片。</translation>
    </message>
</context>
<context>
    <name>headlens::PaneTitles</name>
    <message>
        <source>Float</source>
        <translation>浮动</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>headlens::PictureMenu</name>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>The whole picture, as sharp as its file</source>
        <translation>整张图片，与文件一样清晰</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>The pixels that enter the model</source>
        <translation>进入模型的像素</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>What a masked autoencoder makes of the patches it sees</source>
        <translation>掩码自编码器由所见图像块画出的图像</translation>
    </message>
    <message>
        <source>Principal components</source>
        <translation>主成分</translation>
    </message>
    <message>
        <source>Three directions of the features as red, green and blue</source>
        <translation>特征的三个方向作为红、绿、蓝</translation>
    </message>
    <message>
        <source>Fit as trained</source>
        <translation>按训练方式适配</translation>
    </message>
    <message>
        <source>Resized and cropped as the model was trained</source>
        <translation>按模型训练时的方式缩放和裁剪</translation>
    </message>
    <message>
        <source>Whole picture, squashed</source>
        <translation>整张图片，压缩变形</translation>
    </message>
    <message>
        <source>All of it in the trained size</source>
        <translation>整张图片缩到训练尺寸</translation>
    </message>
    <message>
        <source>Whole picture, own aspect</source>
        <translation>整张图片，保持比例</translation>
    </message>
    <message>
        <source>All of it, positions interpolated</source>
        <translation>整张图片，位置经插值</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>主成分设置</translation>
    </message>
    <message>
        <source>As DINOv2</source>
        <translation>同 DINOv2</translation>
    </message>
    <message>
        <source>Foreground by the first component, then three components of it</source>
        <translation>以第一主成分分出前景，再取其三个主成分</translation>
    </message>
    <message>
        <source>As DINOv3</source>
        <translation>同 DINOv3</translation>
    </message>
    <message>
        <source>The same smoothed, whitened and through a sigmoid; its trained foreground classifier is replaced by the first component</source>
        <translation>同上，并经平滑、白化和 sigmoid；其训练好的前景分类器以第一主成分代替</translation>
    </message>
    <message>
        <source>Fit here</source>
        <translation>在此拟合</translation>
    </message>
    <message>
        <source>Otherwise the basis is kept, so that colours mean the same in every layer and picture</source>
        <translation>否则保留基底，使颜色在每层每图中含义相同</translation>
    </message>
    <message>
        <source>Swap foreground</source>
        <translation>交换前景</translation>
    </message>
    <message>
        <source>Patch grid</source>
        <translation>图像块网格</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>The windows of the block, and the pieces of the one the token lies in</source>
        <translation>该块的窗口，以及词元所在窗口的各部分</translation>
    </message>
</context>
<context>
    <name>headlens::PictureRow</name>
    <message>
        <source>%1 over %2</source>
        <translation>%1，叠在 %2 上</translation>
    </message>
    <message>
        <source>Pictures over the training</source>
        <translation>训练过程的图片</translation>
    </message>
    <message>
        <source>row %1, column %2: %3 % of the largest</source>
        <translation>第 %1 行，第 %2 列：最大值的 %3 %</translation>
    </message>
</context>
<context>
    <name>headlens::PositionsView</name>
    <message>
        <source>Position %1, dimension %2: %3</source>
        <translation>位置 %1，维度 %2:%3</translation>
    </message>
    <message>
        <source>Positions %1 and %2: cosine %3</source>
        <translation>位置 %1 与 %2:余弦 %3</translation>
    </message>
    <message>
        <source>Head %1, distance %2: %3 is added to the score</source>
        <translation>头 %1，距离 %2:分数加 %3</translation>
    </message>
    <message>
        <source>Positions are learnt: every place has a vector of its own that is added to its token.</source>
        <translation>位置是学得的：每个位置都有自己的向量，加到该处的词元上。</translation>
    </message>
    <message>
        <source>Positions are sinusoidal: waves of many lengths, computed and added to every token.</source>
        <translation>位置是正弦的：许多波长的波，计算后加到每个词元上。</translation>
    </message>
    <message>
        <source>Positions are rotary: queries and keys are turned by an angle that grows with the place.</source>
        <translation>位置是旋转的：查询和键按随位置增大的角度旋转。</translation>
    </message>
    <message>
        <source>This model adds no positions to this sequence.</source>
        <translation>此模型不给这个序列加位置。</translation>
    </message>
    <message>
        <source>Positions are relative, but this layer adds nothing to its scores for the distance.</source>
        <translation>位置是相对的，但这一层不因距离给分数加任何值。</translation>
    </message>
    <message>
        <source>Positions are relative: the distance from query to key adds to every score.</source>
        <translation>位置是相对的：查询到键的距离会加到每个分数上。</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Bias by distance, key − query</source>
        <translation>按距离(键 − 查询)的偏置</translation>
    </message>
    <message>
        <source>%1 positions × %2 dimensions, %3 to %4</source>
        <translation>%1 个位置 × %2 维，%3 至 %4</translation>
    </message>
    <message>
        <source>Cosine of %1 positions with %2, %3 to %4</source>
        <translation>%1 个位置与 %2 个位置的余弦，%3 至 %4</translation>
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
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 (class %2)
Click: what does this rest on?</source>
        <translation>%1(类别 %2)
点击：它的依据是什么？</translation>
    </message>
    <message>
        <source>%1 (class %2)</source>
        <translation>%1(类别 %2)</translation>
    </message>
    <message>
        <source>was %1 %</source>
        <translation>原为 %1 %</translation>
    </message>
    <message>
        <source>The map shows what the marked one rests on</source>
        <translation>图中显示被标记的一项依据什么</translation>
    </message>
    <message>
        <source>Click one: what does it rest on?</source>
        <translation>点击其中一项：它依据什么？</translation>
    </message>
    <message>
        <source>The map shows what lifts the marked one above %1</source>
        <translation>图中显示标出的一项凭什么高于%1</translation>
    </message>
</context>
<context>
    <name>headlens::PresenterPanels</name>
    <message>
        <source>Space or Right goes on, Left goes back, digits choose heads (or answers), [ and ] layers, Ctrl and + or - the size of the type. Escape leaves.</source>
        <translation>空格键或 → 键继续，← 键后退，数字键选择头（或答案），[ 和 ] 选择层，Ctrl 加 + 或 - 调整字号，Esc 退出。</translation>
    </message>
</context>
<context>
    <name>headlens::ProfileSource</name>
    <message>
        <source>This input</source>
        <translation>当前输入</translation>
    </message>
    <message>
        <source>Mean over a folder…</source>
        <translation>文件夹的平均值…</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Mean over pictures…</source>
        <translation>多张图片的平均值…</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>图片 (%1)</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1 holds no pictures. Choose a folder that does.</source>
        <translation>%1 中没有图片。请选择含有图片的文件夹。</translation>
    </message>
    <message>
        <source>The folder holds more files than are looked at: the first %1 pictures are counted.</source>
        <translation>文件夹中的文件多于可查看的数量：只统计前 %1 张图片。</translation>
    </message>
    <message>
        <source>Mean, n = %1</source>
        <translation>平均值，n = %1</translation>
    </message>
    <message>
        <source>Statistics of: %1</source>
        <translation>统计对象：%1</translation>
    </message>
    <message>
        <source>Counts the shown input, or many pictures one after the other, of the model as it was trained</source>
        <translation>统计当前输入，或用训练好的原模型逐张统计多张图片</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop counting pictures</source>
        <translation>停止统计图片</translation>
    </message>
    <message>
        <source>%1 of %2 pictures</source>
        <translation>%1/%2 张图片</translation>
    </message>
    <message>
        <source>stopped after %1 of %2 pictures</source>
        <translation>已停止：%1/%2 张图片</translation>
    </message>
    <message>
        <source>%1 could not be counted: %2</source>
        <translation>%1 张无法统计：%2</translation>
    </message>
</context>
<context>
    <name>headlens::PromptFlow</name>
    <message numerus="yes">
        <source>%n patches</source>
        <translation>
            <numerusform>%n 个图块</numerusform>
        </translation>
    </message>
    <message>
        <source>The patches of the picture: click to go there</source>
        <translation>图片的图块：点击前往</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Answer · the model is writing</source>
        <translation>回答 · 模型正在写</translation>
    </message>
    <message>
        <source>Answer · nothing written yet</source>
        <translation>回答 · 尚未写出</translation>
    </message>
    <message numerus="yes">
        <source>Answer · written by the model · %n tokens</source>
        <translation>
            <numerusform>回答 · 由模型写出 · %n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 tokens/s</source>
        <translation>%1 · 每秒 %2 个词元</translation>
    </message>
    <message>
        <source>Before: the same words</source>
        <translation>之前：同样的词</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>之前：%1</translation>
    </message>
</context>
<context>
    <name>headlens::RankingPage</name>
    <message>
        <source>random (mean of %1)</source>
        <translation>随机（%1 次平均）</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Insertion</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Deletion</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>Insertion minus deletion: how much of what a map shows matters to the model</source>
        <translation>插入减去删除：图中所示有多少真正影响模型</translation>
    </message>
    <message>
        <source>Methods by insertion minus deletion</source>
        <translation>按插入减删除排列的方法</translation>
    </message>
    <message>
        <source>Open a picture and a model of pictures.</source>
        <translation>请打开一张图片和一个看图片的模型。</translation>
    </message>
    <message>
        <source>%1 of %2 methods are measured.</source>
        <translation>已测量 %2 种方法中的 %1 种。</translation>
    </message>
    <message>
        <source>All %1 methods are measured.</source>
        <translation>全部 %1 种方法均已测量。</translation>
    </message>
    <message>
        <source>Measure the rest (about %1)</source>
        <translation>测量其余方法（约 %1）</translation>
    </message>
</context>
<context>
    <name>headlens::ReadAloud</name>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Reads this page aloud, sentence by sentence; press again to stop</source>
        <translation>逐句朗读本页；再按一次停止</translation>
    </message>
</context>
<context>
    <name>headlens::RecentSection</name>
    <message>
        <source>Opened before</source>
        <translation>最近打开</translation>
    </message>
</context>
<context>
    <name>headlens::RouterBars</name>
    <message>
        <source>Scores of the router of block %1</source>
        <translation>块 %1 的路由器分数</translation>
    </message>
    <message>
        <source>Taken above %1</source>
        <translation>高于 %1 的被选中</translation>
    </message>
    <message>
        <source>This block has no router</source>
        <translation>这个块没有路由器</translation>
    </message>
    <message>
        <source>Every token is processed</source>
        <translation>每个词元都被处理</translation>
    </message>
    <message>
        <source>The choice does not follow the scores</source>
        <translation>挑选没有按分数进行</translation>
    </message>
    <message>
        <source>chosen token %1</source>
        <translation>所选词元 %1</translation>
    </message>
    <message>
        <source>Router of block %1, from %2 to %3</source>
        <translation>块 %1 的路由器，从 %2 到 %3</translation>
    </message>
</context>
<context>
    <name>headlens::RoutingGrid</name>
    <message>
        <source>Nothing inspected yet</source>
        <translation>尚未检视任何内容</translation>
    </message>
    <message>
        <source>Block %1 processes every token</source>
        <translation>块 %1 处理每个词元</translation>
    </message>
    <message>
        <source>Block %1 processes %2 in any case</source>
        <translation>块 %1 总是处理 %2</translation>
    </message>
    <message>
        <source>Block %1 processes %2, score %3</source>
        <translation>块 %1 处理 %2，分数 %3</translation>
    </message>
    <message>
        <source>Block %1 passes %2 by, score %3</source>
        <translation>块 %1 跳过 %2，分数 %3</translation>
    </message>
    <message>
        <source>Tokens that each block processes</source>
        <translation>每个块处理的词元</translation>
    </message>
</context>
<context>
    <name>headlens::RoutingView</name>
    <message>
        <source>Routing of tokens</source>
        <translation>词元的路由</translation>
    </message>
    <message>
        <source>A line a block, a column a token. Filled: processed. Hatched: passed by unchanged.</source>
        <translation>一行是一个块，一列是一个词元。实心：被处理。斜线：原样通过。</translation>
    </message>
    <message>
        <source>Highest score first</source>
        <translation>分数高的在前</translation>
    </message>
    <message>
        <source>With k of S tokens a block&apos;s projections and its MLP (four times as wide) cost k/S, the scores and weighted values (k/S)². Norms and the router are not counted.</source>
        <translation>处理 S 个词元中的 k 个时，块的投影和 MLP(四倍宽)只需 k/S 的运算，分数与加权求和只需 (k/S)²。归一化和路由器没有计入。</translation>
    </message>
    <message>
        <source>The predictor, who sees no future, against the %1 highest scores of the whole text: both say yes to %2, only the predictor to %3, only the scores to %4, nobody to %5.</source>
        <translation>看不到后文的预测器，与全文得分最高的 %1 个相比：两者都选 %2 个，只有预测器选 %3 个，只有得分选 %4 个，都不选 %5 个。</translation>
    </message>
    <message>
        <source>A line an expert, a column a token: the darker, the more its answer counts.</source>
        <translation>每行一个专家，每列一个词元：颜色越深，该专家的结果占比越大。</translation>
    </message>
    <message>
        <source>Every block of this model processes every token. Open one with Mixture-of-Depths or with experts to see it choose.</source>
        <translation>此模型的每个块处理每个词元。打开带有混合深度或专家的模型即可看到选择。</translation>
    </message>
</context>
<context>
    <name>headlens::Row</name>
    <message>
        <source>Remove from this list (Del)</source>
        <translation>从此列表移除（Del）</translation>
    </message>
    <message>
        <source>Remove %1 from this list</source>
        <translation>从此列表移除 %1</translation>
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
        <source>Difference to the baseline: from %1 to %2</source>
        <translation>与基线之差：从 %1 到 %2</translation>
    </message>
    <message>
        <source>tokens, strongest first</source>
        <translation>词元，由强到弱</translation>
    </message>
    <message>
        <source>Paint only the smallest set of tokens that holds this share of the mass</source>
        <translation>只绘制占有该份额权重的最小词元集合</translation>
    </message>
    <message>
        <source>%1 % of the mass lies on %2 of %3 tokens</source>
        <translation>%1 % 的权重落在 %3 个词元中的 %2 个上</translation>
    </message>
    <message>
        <source>%1 % of the mass lies on %2 of %3 patches</source>
        <translation>%1 % 的权重落在 %3 个图块中的 %2 个上</translation>
    </message>
    <message>
        <source>%1; %2 % of the row is on special tokens</source>
        <translation>%1；该行的 %2 % 落在特殊词元上</translation>
    </message>
</context>
<context>
    <name>headlens::SanityBars</name>
    <message>
        <source>%1 blocks: %2</source>
        <translation>%1 个块：%2</translation>
    </message>
    <message>
        <source>last blocks whose weights are shuffled, beside the head</source>
        <translation>除分类头外，权重被打乱的末尾块数</translation>
    </message>
    <message>
        <source>Rank correlation with the map of the trained model</source>
        <translation>与训练后模型的图的秩相关</translation>
    </message>
    <message>
        <source>Rank correlation by the number of shuffled blocks</source>
        <translation>秩相关随被打乱块数的变化</translation>
    </message>
</context>
<context>
    <name>headlens::SanityPage</name>
    <message>
        <source>A map that explains the model must change when what it has learnt is replaced: the weights are shuffled from the head down, block by block.</source>
        <translation>能解释模型的图，在模型学到的内容被替换后必须改变：从分类头开始逐块打乱权重。</translation>
    </message>
    <message>
        <source>%1: %2 of %3 steps.</source>
        <translation>%1：第 %2 步，共 %3 步。</translation>
    </message>
    <message>
        <source>%1 hardly depends on what the model has learnt: with all weights shuffled the correlation is still %2. It says more of the picture than of the model.</source>
        <translation>%1 几乎不依赖模型学到的内容：全部权重打乱后相关仍为 %2。它反映的更多是图片，而不是模型。</translation>
    </message>
    <message>
        <source>%1 depends on what the model has learnt: with all weights shuffled the correlation is %2.</source>
        <translation>%1 依赖模型学到的内容：全部权重打乱后相关为 %2。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Check %1</source>
        <translation>检查%1</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Shuffles the weights from the head down and compares the maps</source>
        <translation>从分类头开始打乱权重并比较所得的图</translation>
    </message>
    <message>
        <source>Choose a method in the sheet first</source>
        <translation>请先在方法总览中选择一种方法</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>检查进度</translation>
    </message>
    <message>
        <source>The canvas shows another method.</source>
        <translation>画布上显示的是另一种方法。</translation>
    </message>
</context>
<context>
    <name>headlens::ScaleMenu</name>
    <message>
        <source>per map</source>
        <translation>按单图</translation>
    </message>
    <message>
        <source>The strongest weight of the shown map has the last colour</source>
        <translation>所示图谱中最强的权重用最后一种颜色</translation>
    </message>
    <message>
        <source>per layer</source>
        <translation>按层</translation>
    </message>
    <message>
        <source>Heads of a layer can be compared</source>
        <translation>同一层的头可以比较</translation>
    </message>
    <message>
        <source>global</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Heads of all layers can be compared</source>
        <translation>所有层的头可以比较</translation>
    </message>
    <message>
        <source>those that hold 50 % of the row</source>
        <translation>占该行 50 % 的图像块</translation>
    </message>
    <message>
        <source>those that hold 60 % of the row</source>
        <translation>占该行 60 % 的图像块</translation>
    </message>
    <message>
        <source>those that hold 80 % of the row</source>
        <translation>占该行 80 % 的图像块</translation>
    </message>
    <message>
        <source>those that hold 95 % of the row</source>
        <translation>占该行 95 % 的图像块</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>色标</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Weak weights are told apart, strong ones less</source>
        <translation>弱的权重更易区分，强的则较难</translation>
    </message>
    <message>
        <source>Painted patches</source>
        <translation>绘制的图像块</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>headlens::SegmentStrip</name>
    <message>
        <source>Segments of the text</source>
        <translation>文本的各段</translation>
    </message>
    <message>
        <source>%1 of %2 segments are in the memory.</source>
        <translation>%2 段中的 %1 段已在记忆里。</translation>
    </message>
    <message>
        <source>The chosen token lies in segment %1.</source>
        <translation>所选词元在第 %1 段。</translation>
    </message>
    <message>
        <source>%1 of %2 segments read; ▲ the chosen token</source>
        <translation>已读 %1 段，共 %2 段；▲ 所选词元</translation>
    </message>
    <message>
        <source>No segments</source>
        <translation>没有段</translation>
    </message>
    <message>
        <source>Segment %1: %2 tokens</source>
        <translation>第 %1 段：%2 个词元</translation>
    </message>
</context>
<context>
    <name>headlens::Sessions</name>
    <message>
        <source>%1 Nothing was changed; a copy was kept as %2.</source>
        <translation>%1 没有改变任何内容；副本保存为 %2。</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>会话 %1</translation>
    </message>
    <message>
        <source>%1 is not where it was. Where is it now?</source>
        <translation>%1 已不在原处。它现在在哪里？</translation>
    </message>
    <message>
        <source>Not found, so left out: %1</source>
        <translation>找不到，已略去：%1</translation>
    </message>
    <message>
        <source>Since the session was saved this file has changed, so what is shown may be another: %1</source>
        <translation>保存会话之后此文件已改变，显示的内容可能不同：%1</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>请先打开一个模型。</translation>
    </message>
    <message>
        <source>The pasted picture is too large to be kept in a session. Save it as a file, open that, then save the session.</source>
        <translation>粘贴的图片太大，无法放进会话。请先把它存为文件，打开该文件，再保存会话。</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder or free some space.</source>
        <translation>无法写入 %1。请选择其他文件夹或腾出一些空间。</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
</context>
<context>
    <name>headlens::SetForm</name>
    <message>
        <source>Folder of pictures…</source>
        <translation>图片文件夹…</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>File with a text a line…</source>
        <translation>每行一个文本的文件…</translation>
    </message>
    <message>
        <source>File with a text a line</source>
        <translation>每行一个文本的文件</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 left out: %2</source>
        <translation>略去 %1 个：%2</translation>
    </message>
    <message>
        <source>Steer behind layer %1</source>
        <translation>在第 %1 层之后引导</translation>
    </message>
    <message>
        <source>Head %1.%2 by its mean</source>
        <translation>头 %1.%2 换为其均值</translation>
    </message>
    <message>
        <source>Towards</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>取自</translation>
    </message>
    <message>
        <source>Away from</source>
        <translation>远离</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Steer</source>
        <translation>引导</translation>
    </message>
    <message>
        <source>Set the mean</source>
        <translation>设为均值</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop running the sets</source>
        <translation>停止运行输入组</translation>
    </message>
</context>
<context>
    <name>headlens::SettingsMenu</name>
    <message>
        <source>&amp;Settings</source>
        <translation>设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Start the engine again</source>
        <translation>重新启动计算引擎(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Engine command…</source>
        <translation>引擎命令(&amp;E)…</translation>
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
        <source>&amp;Precision</source>
        <translation>精度(&amp;P)</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>bfloat16: faster, less exact</source>
        <translation>bfloat16：更快，精度较低</translation>
    </message>
    <message>
        <source>int8: fastest, least exact, CPU only</source>
        <translation>int8：最快，精度最低，仅限 CPU</translation>
    </message>
    <message>
        <source>float16: faster, less exact, GPU only</source>
        <translation>float16：更快，精度较低，仅限 GPU</translation>
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
        <source>As the system</source>
        <translation>跟随系统</translation>
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
        <source>Reduce &amp;motion</source>
        <translation>减少动画(&amp;M)</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>&amp;Colour vision</source>
        <translation>色觉(&amp;C)</translation>
    </message>
    <message>
        <source>All colours</source>
        <translation>全部颜色</translation>
    </message>
    <message>
        <source>As with protanopia (no red cones)</source>
        <translation>红色盲所见（缺红视锥）</translation>
    </message>
    <message>
        <source>As with deuteranopia (no green cones)</source>
        <translation>绿色盲所见（缺绿视锥）</translation>
    </message>
    <message>
        <source>As with tritanopia (no blue cones)</source>
        <translation>蓝色盲所见（缺蓝视锥）</translation>
    </message>
    <message>
        <source>As with achromatopsia (no colours)</source>
        <translation>全色盲所见（无颜色）</translation>
    </message>
    <message>
        <source>&amp;Language / 语言</source>
        <translation>Language / 语言(&amp;L)</translation>
    </message>
    <message>
        <source>Text si&amp;ze</source>
        <translation>文字大小(&amp;Z)</translation>
    </message>
    <message>
        <source>As stored: least memory, as exact as float32, CPU only</source>
        <translation>按文件原样存放：占用内存最少，与 float32 同样精确，仅限 CPU</translation>
    </message>
</context>
<context>
    <name>headlens::ShareBars</name>
    <message>
        <source>bar %1 of %2</source>
        <translation>第 %1 条，共 %2 条</translation>
    </message>
    <message>
        <source>all bars are 0</source>
        <translation>所有条均为 0</translation>
    </message>
    <message>
        <source>entropy %1 bits of at most %2</source>
        <translation>熵 %1 比特，至多 %2</translation>
    </message>
    <message>
        <source>largest share %1 (%2)</source>
        <translation>最大份额 %1(%2)</translation>
    </message>
    <message>
        <source>all equal: %1</source>
        <translation>全部相等：%1</translation>
    </message>
    <message>
        <source>Distribution over the training: %1</source>
        <translation>训练过程的分布：%1</translation>
    </message>
</context>
<context>
    <name>headlens::SharesView</name>
    <message>
        <source>Where the answer looks, by layer</source>
        <translation>回答看向何处（按层）</translation>
    </message>
    <message>
        <source>Who attends to a token has no shares: turn the direction around.</source>
        <translation>“谁看向某词元”没有份额：请调换方向。</translation>
    </message>
    <message>
        <source>A difference has no shares: show the run itself.</source>
        <translation>差值没有份额：请显示运行本身。</translation>
    </message>
    <message>
        <source>Point at a word; layer %1 has no row of this token.</source>
        <translation>请指向一个词；第 %1 层没有这个词元的行。</translation>
    </message>
    <message>
        <source>Layer %1: %2</source>
        <translation>第 %1 层：%2</translation>
    </message>
</context>
<context>
    <name>headlens::SheetBar</name>
    <message>
        <source>Another class by its number…</source>
        <translation>按编号选择其他类别…</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Number of the class, from 0:</source>
        <translation>类别编号，从 0 开始：</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>target: %1</source>
        <translation>目标：%1</translation>
    </message>
    <message>
        <source>Which answer is explained: that of the map on the canvas too</source>
        <translation>解释哪个答案：画布上的图也随之改变</translation>
    </message>
    <message>
        <source>beside: %1</source>
        <translation>并列：%1</translation>
    </message>
    <message>
        <source>The second class, beside the first one</source>
        <translation>与第一类并列的第二类</translation>
    </message>
    <message>
        <source>against: %1</source>
        <translation>相对：%1</translation>
    </message>
    <message>
        <source>Explains how far the answer lies before this one instead of the answer itself</source>
        <translation>解释该答案领先于此项多少，而不是答案本身</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>方法总览</translation>
    </message>
    <message>
        <source>Every method for one answer</source>
        <translation>一个答案的全部方法</translation>
    </message>
    <message>
        <source>Two classes</source>
        <translation>两个类别</translation>
    </message>
    <message>
        <source>Every method for two answers, side by side</source>
        <translation>两个答案的全部方法，并排显示</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Computes no more maps until it is pressed again</source>
        <translation>在再次按下之前不再计算新的图</translation>
    </message>
    <message>
        <source>Export sheet…</source>
        <translation>导出总览…</translation>
    </message>
    <message>
        <source>Export numbers (CSV)…</source>
        <translation>导出数值（CSV）…</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>相对</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The sheet as one figure, or its numbers</source>
        <translation>将总览导出为一张图，或导出其数值</translation>
    </message>
</context>
<context>
    <name>headlens::SheetExport</name>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>What “%1” rests on, by every method that %2 allows. Each map from 0 to its largest number; behind the name the area under its deletion curve (less is more faithful).</source>
        <translation>“%1”的依据，由 %2 适用的每种方法给出。每张图从 0 到其最大值；名称后是删除曲线下的面积（越小越忠实）。</translation>
    </message>
</context>
<context>
    <name>headlens::SheetGrid</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Sheet of methods</source>
        <translation>方法总览</translation>
    </message>
    <message>
        <source> (%1 of %2)</source>
        <translation>（%1 / %2）</translation>
    </message>
    <message>
        <source>The sheet is for pictures: this input has none.</source>
        <translation>方法总览用于图片：此输入没有图片。</translation>
    </message>
    <message>
        <source>Open on the canvas</source>
        <translation>在画布上打开</translation>
    </message>
    <message>
        <source>Compute, whatever it costs</source>
        <translation>无论代价都计算</translation>
    </message>
    <message>
        <source>Stop computing</source>
        <translation>停止计算</translation>
    </message>
    <message>
        <source>Move one place forward</source>
        <translation>前移一位</translation>
    </message>
    <message>
        <source>Move one place back</source>
        <translation>后移一位</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Computing…
Click to stop</source>
        <translation>计算中…
点击停止</translation>
    </message>
    <message>
        <source>Takes about %1.
Click to compute it</source>
        <translation>大约需要 %1。
点击计算</translation>
    </message>
    <message>
        <source>Stopped.
Click to compute it</source>
        <translation>已停止。
点击计算</translation>
    </message>
</context>
<context>
    <name>headlens::SheetView</name>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>Not for this model</source>
        <translation>不适用于此模型</translation>
    </message>
    <message>
        <source>Export sheet</source>
        <translation>导出总览</translation>
    </message>
    <message>
        <source>PDF (*.pdf);;SVG (*.svg);;PNG (*.png)</source>
        <translation>PDF (*.pdf);;SVG (*.svg);;PNG (*.png)</translation>
    </message>
    <message>
        <source>Export numbers</source>
        <translation>导出数值</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another folder.</source>
        <translation>%1 无法写入。请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>headlens::Shelf</name>
    <message>
        <source>Nothing here has “%1” in its name.</source>
        <translation>这里没有名称含“%1”的内容。</translation>
    </message>
    <message>
        <source>Filter models and lessons ( / )</source>
        <translation>筛选模型和课程（ / ）</translation>
    </message>
    <message>
        <source>Filter models and lessons</source>
        <translation>筛选模型和课程</translation>
    </message>
</context>
<context>
    <name>headlens::ShiftPicture</name>
    <message>
        <source>The shifted windows, step by step</source>
        <translation>移位窗口的分步演示</translation>
    </message>
    <message>
        <source>This block has no windows: every token sees every other. Open emoji-swin to see windows.</source>
        <translation>此模块没有窗口：每个词元都能看到其他所有词元。打开 emoji-swin 可以看到窗口。</translation>
    </message>
</context>
<context>
    <name>headlens::ShiftView</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>1 of 6 · The map: one token for every %1 × %1 pixels, %2 × %3 tokens.</source>
        <translation>1/6 · 特征图：每 %1 × %1 像素一个词元，共 %2 × %3 个词元。</translation>
    </message>
    <message>
        <source>2 of 6 · Roll: the map moves up and left by %1 and %2 tokens; what leaves comes in on the other side.</source>
        <translation>2/6 · 滚动：特征图向上移动 %1 个、向左移动 %2 个词元；移出的部分从另一侧进入。</translation>
    </message>
    <message>
        <source>2 of 6 · Roll: this block is not shifted, nothing moves.</source>
        <translation>2/6 · 滚动：此模块不移位，没有任何移动。</translation>
    </message>
    <message>
        <source>3 of 6 · Partition: the map is cut into windows of %1 × %2 tokens.</source>
        <translation>3/6 · 划分：特征图被切成 %1 × %2 个词元的窗口。</translation>
    </message>
    <message>
        <source>4 of 6 · Mask: in the hatched windows the roll brought strangers together; only tokens of the same hatching may look at each other.</source>
        <translation>4/6 · 掩码：在带阴影线的窗口中，滚动把原本不相邻的词元放在了一起；只有阴影线相同的词元可以互相关注。</translation>
    </message>
    <message>
        <source>4 of 6 · Mask: nothing needs to be cut, all neighbours in a window are neighbours in the picture.</source>
        <translation>4/6 · 掩码：无需切断，窗口中的邻居在图片中也是邻居。</translation>
    </message>
    <message>
        <source>5 of 6 · Attend: the chosen token looks at the tokens of its window, and at no others.</source>
        <translation>5/6 · 注意：所选词元只关注其窗口内的词元。</translation>
    </message>
    <message>
        <source>6 of 6 · Roll back: every token returns to its place; a wrapped window lies in pieces.</source>
        <translation>6/6 · 滚回：每个词元回到原位；跨边界的窗口分成几块。</translation>
    </message>
</context>
<context>
    <name>headlens::SideBySide</name>
    <message>
        <source>Linked by query, layer, head and zoom</source>
        <translation>查询、层、头与缩放彼此联动</translation>
    </message>
    <message>
        <source>Add a pane</source>
        <translation>添加窗格</translation>
    </message>
    <message>
        <source>One more pane beside the main picture; at most %1</source>
        <translation>在主图旁再添加一个窗格；最多 %1 个</translation>
    </message>
</context>
<context>
    <name>headlens::StageTable</name>
    <message>
        <source>Blocks of the model</source>
        <translation>模型的各个模块</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元数</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>嵌入维度</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移位</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Layers with a map of one size. Before the next stage, 2 × 2 patches become one.</source>
        <translation>图的大小相同的若干层。进入下一阶段之前，2 × 2 个图块合为一个。</translation>
    </message>
    <message>
        <source>How many patches look at each other: rows × columns</source>
        <translation>互相能看到的图块数：行 × 列</translation>
    </message>
    <message>
        <source>How many patches the windows are moved in this layer; –: not at all</source>
        <translation>本层窗口移动了几个图块；–：不移动</translation>
    </message>
</context>
<context>
    <name>headlens::StartActions</name>
    <message>
        <source>Type your sentence. This small model knows %1 words only; a larger one of your own (Ctrl+Shift+O) reads any.</source>
        <translation>请输入你的句子。这个小模型只认识 %1 个词；用 Ctrl+Shift+O 打开你自己的大模型，就能读任何句子。</translation>
    </message>
    <message>
        <source>A model folder…</source>
        <translation>模型文件夹…</translation>
    </message>
    <message>
        <source>A weight file…</source>
        <translation>权重文件…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Look for models in a folder</source>
        <translation>在文件夹中查找模型</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
</context>
<context>
    <name>headlens::StartPage</name>
    <message>
        <source>Start page</source>
        <translation>起始页</translation>
    </message>
    <message>
        <source>Or drop a picture or a model anywhere. Ctrl+Home brings this page back.</source>
        <translation>也可以把图片或模型拖到任意位置。按 Ctrl+Home 可回到本页。</translation>
    </message>
    <message>
        <source>Skip (Esc)</source>
        <translation>跳过 (Esc)</translation>
    </message>
    <message>
        <source>Straight to the maps</source>
        <translation>直接看注意力图</translation>
    </message>
    <message>
        <source>S&amp;how this page at start</source>
        <translation>启动时显示本页(&amp;H)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>headlens::StartRecents</name>
    <message>
        <source>It is no longer there.</source>
        <translation>它已不在原处。</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>由 %1 读取</translation>
    </message>
</context>
<context>
    <name>headlens::StatusLine</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
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
        <source>Layer %1 · %2 is hidden: the encoder never saw it</source>
        <translation>层 %1 · %2 被遮挡：编码器从未看到它</translation>
    </message>
    <message>
        <source>%1: weights differ by %2 at most, %3 on average</source>
        <translation>%1：权重最多相差 %2，平均 %3</translation>
    </message>
    <message>
        <source> · %1 %2 · difference %3</source>
        <translation> · %1 %2 · 差 %3</translation>
    </message>
    <message>
        <source>Layer %1 · %2 · %3 %4</source>
        <translation>第 %1 层 · %2 · %3 %4</translation>
    </message>
    <message>
        <source>%1 · value %2</source>
        <translation>%1 · 数值 %2</translation>
    </message>
    <message>
        <source>Layer %1 · %2</source>
        <translation>第 %1 层 · %2</translation>
    </message>
    <message>
        <source>Space plays the layers · R swaps the direction · click pins · Ctrl-click adds a head</source>
        <translation>空格播放各层 · R 换方向 · 点击固定 · Ctrl-点击添加头</translation>
    </message>
    <message>
        <source> · %1 is outside this window: cannot be looked at</source>
        <translation> · %1 在此窗口之外：无法被看到</translation>
    </message>
</context>
<context>
    <name>headlens::StepPlayer</name>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>First</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>末尾</translation>
    </message>
    <message>
        <source>To the first recorded step</source>
        <translation>到第一个有记录的步</translation>
    </message>
    <message>
        <source>To the last recorded step</source>
        <translation>到最后一个有记录的步</translation>
    </message>
    <message>
        <source>Goes through all recorded steps in six seconds (space bar)</source>
        <translation>六秒内走过所有有记录的步(空格键)</translation>
    </message>
    <message>
        <source>Step of the training</source>
        <translation>训练步</translation>
    </message>
</context>
<context>
    <name>headlens::Studies</name>
    <message>
        <source>hold the run of one input as the baseline, then open the other input</source>
        <translation>先把一个输入的运行保留为基线，再打开另一个输入</translation>
    </message>
    <message>
        <source>hold a run of this model: the baseline is of another one</source>
        <translation>请保留本模型的运行：当前基线属于另一个模型</translation>
    </message>
    <message>
        <source>The answer of the engine cannot be read: %1</source>
        <translation>无法读取引擎的回答：%1</translation>
    </message>
    <message>
        <source>the baseline is the shown run: open the other input</source>
        <translation>基线就是当前显示的运行：请打开另一个输入</translation>
    </message>
</context>
<context>
    <name>headlens::StudiesView</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Patches: %1</source>
        <translation>图块：%1</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Which study</source>
        <translation>哪项测量</translation>
    </message>
    <message>
        <source>Which of its numbers</source>
        <translation>其中哪组数</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Open a picture or a text.</source>
        <translation>请打开图片或文本。</translation>
    </message>
    <message>
        <source>Running: %1 %</source>
        <translation>运行中：%1 %</translation>
    </message>
    <message>
        <source>Not for this input: %1.</source>
        <translation>不适用于此输入：%1。</translation>
    </message>
    <message>
        <source>Press Run: %1</source>
        <translation>按“运行”：%1</translation>
    </message>
    <message>
        <source>Press Run.</source>
        <translation>按“运行”。</translation>
    </message>
    <message>
        <source>“%1”, score %2</source>
        <translation>“%1”，分数 %2</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>About</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Formula, source, cost and settings of the study</source>
        <translation>测量的公式、出处、代价与设置</translation>
    </message>
    <message>
        <source>Computes the study for what is shown, or stops it</source>
        <translation>对当前显示的内容进行测量，或将其停止</translation>
    </message>
    <message>
        <source>The matrix as numbers or as a picture</source>
        <translation>矩阵的数值或图片</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>最强</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Beside the matrix</source>
        <translation>矩阵旁</translation>
    </message>
    <message>
        <source>Matrix and what stands out</source>
        <translation>矩阵与突出之处</translation>
    </message>
    <message>
        <source>Strongest cells</source>
        <translation>最强的单元格</translation>
    </message>
    <message>
        <source>Of an earlier input or choice: run it again.</source>
        <translation>属于先前的输入或选择：请再次运行。</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>Patch this here</source>
        <translation>在此替换</translation>
    </message>
    <message>
        <source>Takes this layer and token from the baseline while the input runs (pane Interventions)</source>
        <translation>输入运行时，此层此词元取自基线（“干预”面板）</translation>
    </message>
</context>
<context>
    <name>headlens::Study</name>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>behind layer</source>
        <translation>层之后</translation>
    </message>
    <message>
        <source>behind layer %1</source>
        <translation>第 %1 层之后</translation>
    </message>
    <message>
        <source>behind layer, of the held run</source>
        <translation>层之后（保留的运行）</translation>
    </message>
    <message>
        <source>behind layer %1 of the held run</source>
        <translation>保留的运行的第 %1 层之后</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>layer.head</source>
        <translation>层.头</translation>
    </message>
    <message>
        <source>token</source>
        <translation>token</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>token %1</translation>
    </message>
    <message>
        <source>row of patches</source>
        <translation>图块行</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>column of patches</source>
        <translation>图块列</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>emb.</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>infinite</source>
        <translation>无穷大</translation>
    </message>
    <message>
        <source>minus infinite</source>
        <translation>负无穷大</translation>
    </message>
    <message>
        <source>place %1</source>
        <translation>第 %1 名</translation>
    </message>
    <message>
        <source>%1 pixels</source>
        <translation>%1 像素</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 nats</translation>
    </message>
    <message>
        <source>first: “%1”</source>
        <translation>首位：“%1”</translation>
    </message>
    <message>
        <source>outlier</source>
        <translation>离群</translation>
    </message>
</context>
<context>
    <name>headlens::StudyExport</name>
    <message>
        <source>Of an earlier input or choice: run it again.</source>
        <translation>属于先前的输入或选择：请再次运行。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Nothing was written: this is of an earlier input or choice. Run the study again.</source>
        <translation>未写入任何文件：这是先前输入或选择的结果。请重新运行该测量。</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder or free some space.</source>
        <translation>无法写入 %1。请选择其他文件夹或腾出空间。</translation>
    </message>
    <message>
        <source>Copy as a table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Numbers as CSV…</source>
        <translation>数值存为 CSV…</translation>
    </message>
    <message>
        <source>Matrix as PNG…</source>
        <translation>矩阵存为 PNG…</translation>
    </message>
</context>
<context>
    <name>headlens::StudyPad</name>
    <message>
        <source>Cost: %1</source>
        <translation>代价：%1</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>%1 的设置</translation>
    </message>
</context>
<context>
    <name>headlens::SwitchEditor</name>
    <message>
        <source>Gate of layer %1, head %2</source>
        <translation>第 %1 层、第 %2 头的门</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Cross attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>Compressed memory</source>
        <translation>压缩记忆</translation>
    </message>
    <message>
        <source>Who is processed</source>
        <translation>处理哪些词元</translation>
    </message>
    <message>
        <source>Tokens per routed block</source>
        <translation>每个路由块处理的词元数</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>学得的</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>● %1 – changed, as trained: %2</source>
        <translation>● %1 – 已改动，训练所得：%2</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>恢复训练值</translation>
    </message>
    <message>
        <source>%1: as trained</source>
        <translation>%1:恢复训练值</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1:%2</translation>
    </message>
    <message>
        <source>How the memory is written</source>
        <translation>记忆的写入方式</translation>
    </message>
    <message>
        <source>Who looks at whom</source>
        <translation>谁看谁</translation>
    </message>
    <message>
        <source>Attention gate before layer %1</source>
        <translation>第 %1 层前的注意力门</translation>
    </message>
    <message>
        <source>MLP gate before layer %1</source>
        <translation>第 %1 层前的 MLP 门</translation>
    </message>
    <message>
        <source>everybody at everybody</source>
        <translation>所有位置互看</translation>
    </message>
    <message>
        <source>neighbours, and the class token</source>
        <translation>邻域与分类词元</translation>
    </message>
    <message>
        <source>neighbours up to 2 away, and the class token</source>
        <translation>距离不超过 2 的邻域与分类词元</translation>
    </message>
    <message>
        <source>neighbours only</source>
        <translation>仅邻域</translation>
    </message>
    <message>
        <source>neighbours, 3 random patches, the class token</source>
        <translation>邻域、3 个随机图像块与分类词元</translation>
    </message>
    <message>
        <source>means of 2 × 2 patches</source>
        <translation>2 × 2 图像块的均值</translation>
    </message>
    <message>
        <source>means of 4 × 4 patches</source>
        <translation>4 × 4 图像块的均值</translation>
    </message>
    <message>
        <source>learnt mixtures (Linformer)</source>
        <translation>学到的混合(Linformer)</translation>
    </message>
    <message>
        <source>16 random features (FAVOR+)</source>
        <translation>16 个随机特征(FAVOR+)</translation>
    </message>
    <message>
        <source>64 random features (FAVOR+)</source>
        <translation>64 个随机特征(FAVOR+)</translation>
    </message>
    <message>
        <source>256 random features (FAVOR+)</source>
        <translation>256 个随机特征(FAVOR+)</translation>
    </message>
    <message>
        <source>delta rule</source>
        <translation>增量规则</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>top of the whole text</source>
        <translation>全文得分最高者</translation>
    </message>
    <message>
        <source>predictor</source>
        <translation>预测器</translation>
    </message>
    <message>
        <source>What is observed</source>
        <translation>观察到什么</translation>
    </message>
    <message>
        <source>Age is told</source>
        <translation>告知年龄</translation>
    </message>
    <message>
        <source>Date is told</source>
        <translation>告知日期</translation>
    </message>
    <message>
        <source>● %1 – changed, usually: %2</source>
        <translation>● %1 – 已改动，通常为：%2</translation>
    </message>
    <message>
        <source>Usual value</source>
        <translation>通常值</translation>
    </message>
    <message>
        <source>%1: its usual value</source>
        <translation>%1：通常值</translation>
    </message>
    <message>
        <source>%1: numbers from %2 to %3 with commas between, please</source>
        <translation>%1：请输入 %2 到 %3 之间的数，用逗号隔开</translation>
    </message>
</context>
<context>
    <name>headlens::SwitchesPanel</name>
    <message>
        <source>Turn a part of the model off or up and see what the answer loses. All of it is as trained now.</source>
        <translation>关掉或调大模型的一部分，看答案会失去什么。现在一切都如训练所得。</translation>
    </message>
    <message>
        <source>Not as trained: %1. Every number shown is of the changed model.</source>
        <translation>与训练所得不同的有 %1 处。显示的每个数都来自改动后的模型。</translation>
    </message>
    <message>
        <source>Everything as trained</source>
        <translation>全部恢复训练所得</translation>
    </message>
    <message>
        <source>Mechanisms of the model</source>
        <translation>模型的机制</translation>
    </message>
    <message>
        <source>This model has no switches. A head is turned off in the head grid: point at it and press X.</source>
        <translation>这个模型没有开关。在注意力头网格中可以关闭一个头：指向它并按 X。</translation>
    </message>
    <message>
        <source>Beside its adapter this model has no switches. A head is turned off in the head grid: point at it and press X.</source>
        <translation>除适配器外，此模型没有开关。在头网格中可以关闭一个头：指向它并按 X。</translation>
    </message>
</context>
<context>
    <name>headlens::TeachingSection</name>
    <message>
        <source>Models that come along</source>
        <translation>自带的模型</translation>
    </message>
</context>
<context>
    <name>headlens::TextCaption</name>
    <message>
        <source>Layer %1, %2: what looks at “%3”</source>
        <translation>第 %1 层，%2：什么在看“%3”</translation>
    </message>
    <message>
        <source>Layer %1, %2: what “%3” looks at</source>
        <translation>第 %1 层，%2：“%3”在看什么</translation>
    </message>
</context>
<context>
    <name>headlens::TextChips</name>
    <message>
        <source>sinks out of the scale (%1 %)</source>
        <translation>汇点不计入色标（%1 %）</translation>
    </message>
    <message>
        <source>sinks out of the scale</source>
        <translation>汇点不计入色标</translation>
    </message>
    <message>
        <source>ids</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Show the number of each token below it</source>
        <translation>在每个词元下方显示编号</translation>
    </message>
    <message>
        <source>spaces</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Show blanks and line breaks inside of tokens as signs</source>
        <translation>把词元里的空格和换行显示为符号</translation>
    </message>
    <message>
        <source>The first token and separators take what a query has no use for; the colours then show the other tokens</source>
        <translation>首个词元和分隔符会吸收查询用不到的注意力；去掉后颜色只反映其余词元</translation>
    </message>
</context>
<context>
    <name>headlens::TextFields</name>
    <message>
        <source>Type what the encoder reads</source>
        <translation>请输入编码器要读的内容</translation>
    </message>
    <message>
        <source>Type the beginning; the model goes on</source>
        <translation>请输入开头，模型会接着写</translation>
    </message>
    <message>
        <source>Type a sentence</source>
        <translation>输入句子</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>A second sentence (optional)</source>
        <translation>第二句话(可选)</translation>
    </message>
    <message>
        <source>Second text</source>
        <translation>第二段文本</translation>
    </message>
    <message>
        <source>One label a line, scored against the picture; the first one is looked into</source>
        <translation>每行一个标签，与图片比较打分；第一个会被细看</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Ask a question; Enter answers it</source>
        <translation>输入一个问题；按回车键回答</translation>
    </message>
</context>
<context>
    <name>headlens::TextPane</name>
    <message>
        <source>The model has positions for %1 tokens: the first %2 were cut.</source>
        <translation>模型只有 %1 个词元的位置：前 %2 个被截去。</translation>
    </message>
    <message>
        <source>The model has positions for %1 tokens: the last %2 were cut.</source>
        <translation>模型只有 %1 个词元的位置：后 %2 个被截去。</translation>
    </message>
    <message>
        <source>Cut the end instead</source>
        <translation>改为截去结尾</translation>
    </message>
    <message>
        <source>Cut the beginning instead</source>
        <translation>改为截去开头</translation>
    </message>
    <message>
        <source>Not in the model&apos;s vocabulary: %1. It reads its mark for unknown words instead.</source>
        <translation>不在模型的词表里：%1。模型读到的是它的未知词标记。</translation>
    </message>
</context>
<context>
    <name>headlens::ThreeAttentions</name>
    <message>
        <source>After “%1” the decoder looks most at “%2” of what is written (%3) and at “%4” of the source (%5), which the encoder had read together with “%6” (%7).</source>
        <translation>在“%1”之后，解码器在已写内容中最关注“%2”(%3)，在原文中最关注“%4”(%5)，而编码器读“%4”时最关注“%6”(%7)。</translation>
    </message>
    <message>
        <source>Three attentions</source>
        <translation>三种注意力</translation>
    </message>
    <message>
        <source>Encoder %1: the source reads itself</source>
        <translation>编码器 %1:原文读自身</translation>
    </message>
    <message>
        <source>Cross %1: the text reads the source</source>
        <translation>交叉 %1:译文读原文</translation>
    </message>
    <message>
        <source>Decoder %1: the text reads itself</source>
        <translation>解码器 %1:译文读自身</translation>
    </message>
    <message>
        <source>Three kinds of attention need a model with encoder and decoder, and a text that it has begun to write. Open number-words and let it write.</source>
        <translation>三种注意力需要带编码器和解码器的模型，以及它已开始书写的文本。请打开 number-words 并让它书写。</translation>
    </message>
    <message>
        <source>“%1” looks at “%2”: %3</source>
        <translation>“%1”看“%2”：%3</translation>
    </message>
</context>
<context>
    <name>headlens::TileMenu</name>
    <message>
        <source>Take it out of the text</source>
        <translation>从文本中移除</translation>
    </message>
    <message>
        <source>Another colour</source>
        <translation>另一种颜色</translation>
    </message>
    <message>
        <source>Another cell</source>
        <translation>另一个格子</translation>
    </message>
    <message>
        <source>It stands</source>
        <translation>它放在</translation>
    </message>
    <message>
        <source>on the table</source>
        <translation>桌面上</translation>
    </message>
    <message>
        <source>on another block</source>
        <translation>另一块积木上</translation>
    </message>
</context>
<context>
    <name>headlens::TileText</name>
    <message>
        <source>image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>object</source>
        <translation>物体</translation>
    </message>
    <message>
        <source>word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>I</source>
        <comment>letter that marks a piece of an image</comment>
        <translation>图</translation>
    </message>
    <message>
        <source>S</source>
        <comment>letter that marks a state</comment>
        <translation>态</translation>
    </message>
    <message>
        <source>O</source>
        <comment>letter that marks an object</comment>
        <translation>物</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>nearest words: %1 (they are usually not words)</source>
        <translation>最接近的词：%1（它们通常并不是词）</translation>
    </message>
    <message>
        <source>Tile %1, %2: %3</source>
        <translation>词块 %1，%2：%3</translation>
    </message>
    <message>
        <source>Tile %1, image: row %2, column %3</source>
        <translation>词块 %1，图像：第 %2 行，第 %3 列</translation>
    </message>
    <message>
        <source>attention %1</source>
        <translation>注意力 %1</translation>
    </message>
    <message>
        <source>right click or Return: swap it or take it out</source>
        <translation>右键单击或按回车键：替换或移除</translation>
    </message>
</context>
<context>
    <name>headlens::TilesStrip</name>
    <message>
        <source>Tiles of the sentence. Arrow keys move the query; Delete takes an injected state or object out, Return offers others</source>
        <translation>句子的词块。方向键移动查询；Delete 移除注入的状态或物体，回车键提供其他选择</translation>
    </message>
</context>
<context>
    <name>headlens::TilesView</name>
    <message>
        <source>All tiles are vectors of one space. Words have no letter; I: a patch of the picture, S: a state, O: an object. The bars say how much the query (framed) looks at each.</source>
        <translation>所有词块都是同一空间中的向量。词没有标记；图：图片的一块，态：状态，物：物体。条形表示查询（带框）对每个词块的关注程度。</translation>
    </message>
    <message>
        <source>Tiles of the sentence</source>
        <translation>句子的词块</translation>
    </message>
    <message>
        <source>Choose a tile.</source>
        <translation>请选择一个词块。</translation>
    </message>
    <message>
        <source>Every token of this sentence is a word: there are no tiles to tell apart.</source>
        <translation>这句话的每个词元都是词：没有需要区分的图像块。</translation>
    </message>
</context>
<context>
    <name>headlens::TokenFacts</name>
    <message>
        <source>Token %1: %2
id %3, characters %4 to %5</source>
        <translation>词元 %1:%2
编号 %3，字符 %4 至 %5</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>A sink: left out of the scale</source>
        <translation>汇点：不计入色标</translation>
    </message>
</context>
<context>
    <name>headlens::TokenNormsView</name>
    <message>
        <source>token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>length of its hidden state</source>
        <translation>其隐藏状态的长度</translation>
    </message>
    <message>
        <source>Length of every token&apos;s hidden state</source>
        <translation>每个词元隐藏状态的长度</translation>
    </message>
    <message>
        <source>Open a picture or a text.</source>
        <translation>请打开图片或文本。</translation>
    </message>
    <message>
        <source>Layer %1: no token is an outlier.</source>
        <translation>第 %1 层：没有离群词元。</translation>
    </message>
    <message numerus="yes">
        <source>Layer %1: %n outliers, longest first: %2</source>
        <translation>
            <numerusform>第 %1 层：%n 个离群词元，从长到短：%2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headlens::TokenStrip</name>
    <message>
        <source>Let the model see this token again</source>
        <translation>让模型重新看到这个词元</translation>
    </message>
    <message>
        <source>Hide this token from the model</source>
        <translation>对模型隐藏这个词元</translation>
    </message>
    <message>
        <source>Tokens of the text</source>
        <translation>文本的词元</translation>
    </message>
    <message numerus="yes">
        <source>%n patches</source>
        <translation>
            <numerusform>%n 个图块</numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens of the answer</source>
        <translation>回答的词元</translation>
    </message>
    <message>
        <source>The patches of the picture: click to go there</source>
        <translation>图片的图块：点击前往</translation>
    </message>
</context>
<context>
    <name>headlens::ToolRow</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What the row has no room for</source>
        <translation>这一行放不下的</translation>
    </message>
</context>
<context>
    <name>headlens::TopBar</name>
    <message>
        <source>%1 layers × %2 heads</source>
        <translation>%1 层 × %2 头</translation>
    </message>
    <message>
        <source>patch %1</source>
        <translation>图块 %1</translation>
    </message>
    <message>
        <source>Recent models</source>
        <translation>最近的模型</translation>
    </message>
    <message>
        <source>Models that come along</source>
        <translation>自带的模型</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本机上的</translation>
    </message>
    <message>
        <source>Recent pictures</source>
        <translation>最近的图片</translation>
    </message>
    <message>
        <source>Recent texts</source>
        <translation>最近的文字</translation>
    </message>
    <message>
        <source>Pictures that come along</source>
        <translation>自带的图片</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>No picture or text</source>
        <translation>没有图片或文字</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>启动中…</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>%1 线程</translation>
    </message>
    <message>
        <source>Computes</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>LibTorch %1, engine process %2, %3</source>
        <translation>LibTorch %1，引擎进程 %2，%3</translation>
    </message>
    <message>
        <source>What is open</source>
        <translation>打开的内容</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Search heads, views, actions…</source>
        <translation>搜索头、视图、操作…</translation>
    </message>
</context>
<context>
    <name>headlens::TrainingView</name>
    <message>
        <source>This model brings no record of its training. Open flamingo to see how its gates opened.</source>
        <translation>此模型没有附带训练记录。请打开 flamingo，看看它的门如何打开。</translation>
    </message>
    <message>
        <source>The record of the training is being read.</source>
        <translation>正在读取训练记录。</translation>
    </message>
    <message>
        <source>The record of this training (history.json) could not be read.</source>
        <translation>此训练的记录(history.json)无法读取。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>headlens::ViewMenu</name>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Start page</source>
        <translation>起始页(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Presenter mode</source>
        <translation>演示模式(&amp;P)</translation>
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
        <source>&amp;Commands…</source>
        <translation>命令(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Workspace</source>
        <translation>工作区(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Reset this workspace</source>
        <translation>重置此工作区(&amp;R)</translation>
    </message>
</context>
<context>
    <name>headlens::WavePlot</name>
    <message>
        <source>How age is encoded: cos(age·w + b)</source>
        <translation>年龄的编码：cos(年龄·w + b)</translation>
    </message>
    <message>
        <source>How the date is encoded: sin(date·w + b)</source>
        <translation>日期的编码：sin(日期·w + b)</translation>
    </message>
    <message>
        <source>does not turn</source>
        <translation>不转动</translation>
    </message>
    <message>
        <source>a turn in %1 years</source>
        <translation>每 %1 年转一圈</translation>
    </message>
    <message>
        <source>age %1</source>
        <translation>%1 岁</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>headlens::Welcome</name>
    <message>
        <source>Drop a picture, a sentence, a model</source>
        <translation>拖入图片、句子或模型</translation>
    </message>
    <message>
        <source>and see what a transformer looks at. Nothing leaves this computer.</source>
        <translation>看看 Transformer 在看哪里。数据不会离开本机。</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Type a sentence</source>
        <translation>输入句子</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Take a lesson</source>
        <translation>学一课</translation>
    </message>
</context>
<context>
    <name>headlens::WindowsPanel</name>
    <message>
        <source>Windows, masks, biases and stages</source>
        <translation>窗口、掩码、偏置与阶段</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移位</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>A patch looks only at patches of its own window; every second layer shifts the windows, so that neighbours meet.</source>
        <translation>图块只看自己所在窗口中的图块；每隔一层窗口会移位，使相邻的图块相遇。</translation>
    </message>
</context>
<context>
    <name>headlens::Workbench</name>
    <message>
        <source>What was patched from the baseline is as trained: there is no baseline of this model now. Hold a run (H) and patch again.</source>
        <translation>取自基线的替换已恢复为训练时的原样：现在没有此模型的基线。请保留一次运行（H）后再替换。</translation>
    </message>
</context>
<context>
    <name>headlens::WorkspaceRail</name>
    <message>
        <source>Workspaces</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>headlens::WriteRow</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>书写</translation>
    </message>
    <message>
        <source>The model goes on from here; how it chooses is set in Generation</source>
        <translation>模型从这里接着写；选词方式在“生成”面板中设置</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 个词元</translation>
    </message>
    <message>
        <source>Tokens at most</source>
        <translation>最多词元数</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重写</translation>
    </message>
    <message>
        <source>Takes back what was written and writes it anew</source>
        <translation>收回已写的内容并重新生成</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>who has what, asked long after it was said</source>
        <translation>谁拥有什么，很久以后才问</translation>
    </message>
    <message>
        <source>Infini-attention</source>
        <translation>Infini-attention（无限注意力）</translation>
    </message>
    <message>
        <source>told in an earlier segment, 8 segments</source>
        <translation>在更早的片段里说过，共 8 个片段</translation>
    </message>
    <message>
        <source>memory emptied</source>
        <translation>清空记忆</translation>
    </message>
    <message>
        <source>dates in many forms, written as year-month-day</source>
        <translation>各种写法的日期，改写成年-月-日</translation>
    </message>
    <message>
        <source>the encoder-decoder of 2017</source>
        <translation>2017 年的编码器–解码器</translation>
    </message>
    <message>
        <source>the whole date right</source>
        <translation>整个日期正确</translation>
    </message>
    <message>
        <source>cross attention off</source>
        <translation>关闭交叉注意力</translation>
    </message>
    <message>
        <source>emoji scenes and their captions in one space</source>
        <translation>表情画面与说明文字处于同一空间</translation>
    </message>
    <message>
        <source>contrastive learning</source>
        <translation>对比学习</translation>
    </message>
    <message>
        <source>the right caption among 64 scenes, seen styles</source>
        <translation>在 64 个画面中选对说明（训练过的画风）</translation>
    </message>
    <message>
        <source>every head silenced</source>
        <translation>所有注意力头静音</translation>
    </message>
    <message>
        <source>64 everyday concepts in emoji scenes</source>
        <translation>表情画面中的 64 种日常事物</translation>
    </message>
    <message>
        <source>windows that shift (Swin)</source>
        <translation>会移动的窗口（Swin）</translation>
    </message>
    <message>
        <source>the emoji named, styles seen in training</source>
        <translation>说出表情（训练过的画风）</translation>
    </message>
    <message>
        <source>the vision transformer</source>
        <translation>视觉 Transformer（ViT）</translation>
    </message>
    <message>
        <source>coloured shapes in pictures side by side, described one after the other</source>
        <translation>并排图片中的彩色形状，逐一描述</translation>
    </message>
    <message>
        <source>Flamingo: pictures and words through gates</source>
        <translation>Flamingo：图片与文字通过门相连</translation>
    </message>
    <message>
        <source>the whole caption, two pictures</source>
        <translation>两幅图的完整说明</translation>
    </message>
    <message>
        <source>gates at 0</source>
        <translation>门设为 0</translation>
    </message>
    <message>
        <source>the warm digit among cool ones</source>
        <translation>冷色数字中的暖色数字</translation>
    </message>
    <message>
        <source>dense attention, to compare</source>
        <translation>稠密注意力，用作对照</translation>
    </message>
    <message>
        <source>the warm digit read</source>
        <translation>读对暖色数字</translation>
    </message>
    <message>
        <source>the warm digit among cool ones, with few patches looked at</source>
        <translation>冷色数字中的暖色数字，只看少数图像块</translation>
    </message>
    <message>
        <source>Mixture-of-Depths</source>
        <translation>Mixture-of-Depths（混合深度）</translation>
    </message>
    <message>
        <source>the warm digit read, 8 of 64 patches in every second block</source>
        <translation>读对暖色数字，每隔一块只处理 64 个图像块中的 8 个</translation>
    </message>
    <message>
        <source>patches chosen at random</source>
        <translation>随机挑选图像块</translation>
    </message>
    <message>
        <source>the warm digit, every patch looking at its neighbours only</source>
        <translation>暖色数字，每个图像块只看相邻图像块</translation>
    </message>
    <message>
        <source>window and global attention</source>
        <translation>窗口注意力与全局注意力</translation>
    </message>
    <message>
        <source>class token cut off</source>
        <translation>切断分类词元</translation>
    </message>
    <message>
        <source>numbers and dates in English and Chinese words, written in digits</source>
        <translation>中英文数字与日期，改写成数字</translation>
    </message>
    <message>
        <source>every digit right</source>
        <translation>每一位都正确</translation>
    </message>
    <message>
        <source>who has what now, after it changed hands</source>
        <translation>东西易手之后，现在归谁</translation>
    </message>
    <message>
        <source>Infini-attention with the delta rule</source>
        <translation>采用 delta 规则的 Infini-attention</translation>
    </message>
    <message>
        <source>small stories about who has what, told on word by word</source>
        <translation>关于谁拥有什么的小故事，逐词续写</translation>
    </message>
    <message>
        <source>a causal language model</source>
        <translation>因果语言模型</translation>
    </message>
    <message>
        <source>words that follow from the story (things, owners, places)</source>
        <translation>可由故事推出的词（物品、主人、地点）</translation>
    </message>
    <message>
        <source>the same without sharpening: the teacher says everything of everything</source>
        <translation>同样的训练但不锐化：教师对任何画面都说一切皆可能</translation>
    </message>
    <message>
        <source>DINO collapsed: centring alone</source>
        <translation>坍缩的 DINO：只有中心化</translation>
    </message>
    <message>
        <source>the same thing found again before another background, nearest of 512 pictures</source>
        <translation>换了背景后再次找到同一物体（512 幅图中最近的一幅）</translation>
    </message>
    <message>
        <source>the same without centring: the teacher says one thing of everything</source>
        <translation>同样的训练但不中心化：教师对任何画面都说同一个答案</translation>
    </message>
    <message>
        <source>DINO collapsed: sharpening alone</source>
        <translation>坍缩的 DINO：只有锐化</translation>
    </message>
    <message>
        <source>things before changing backgrounds, learnt without a single label</source>
        <translation>背景不断变化的物体，学习时没有任何标签</translation>
    </message>
    <message>
        <source>DINO: a student and its slow teacher</source>
        <translation>DINO：学生与缓慢的教师</translation>
    </message>
    <message>
        <source>before training</source>
        <translation>训练之前</translation>
    </message>
    <message>
        <source>small sums, with few characters worked on in every second block</source>
        <translation>小加法，每隔一块只处理少数字符</translation>
    </message>
    <message>
        <source>Mixture-of-Depths for text, with a predictor</source>
        <translation>用于文本的混合深度，带预测器</translation>
    </message>
    <message>
        <source>made-up lives as sentences, with a hidden word and an order to judge</source>
        <translation>虚构的人生写成句子：猜隐藏的词，判断顺序</translation>
    </message>
    <message>
        <source>life2vec: events with age and date</source>
        <translation>life2vec：带年龄与日期的事件</translation>
    </message>
    <message>
        <source>questions about a table of blocks, told by a picture, by numbers or by cut-out blocks</source>
        <translation>关于桌上积木的问题，以图片、数字或抠出的积木说明</translation>
    </message>
    <message>
        <source>PaLM-E: sentences with vectors that are no words</source>
        <translation>PaLM-E：句子里含有不是词的向量</translation>
    </message>
    <message>
        <source>pictures filled in from a quarter of their patches</source>
        <translation>由四分之一的图像块补全图片</translation>
    </message>
    <message>
        <source>a masked autoencoder</source>
        <translation>掩码自编码器（MAE）</translation>
    </message>
    <message>
        <source>what happens to somebody at work in the years of a crisis</source>
        <translation>危机年份里在职的人会遇到什么</translation>
    </message>
    <message>
        <source>date off</source>
        <translation>不告知日期</translation>
    </message>
    <message>
        <source>sums right, a quarter of the characters in every second block, chosen beforehand</source>
        <translation>算对加法，每隔一块只处理事先选出的四分之一字符</translation>
    </message>
    <message>
        <source>characters chosen at random</source>
        <translation>随机挑选字符</translation>
    </message>
    <message>
        <source>questions about a table told by a picture</source>
        <translation>由图片说明的桌面问题</translation>
    </message>
    <message>
        <source>nothing observed</source>
        <translation>没有观察</translation>
    </message>
    <message>
        <source>what hidden patches differ by is painted (share of their variance)</source>
        <translation>补全隐藏图像块的差异（占方差的份额）</translation>
    </message>
    <message>
        <source>what happens to somebody at work from the age of 65 on</source>
        <translation>65 岁起仍在职的人会遇到什么</translation>
    </message>
    <message>
        <source>age off</source>
        <translation>不告知年龄</translation>
    </message>
    <message>
        <source>the warm digit with attention that never draws a map</source>
        <translation>暖色数字，注意力从不画出完整的图</translation>
    </message>
    <message>
        <source>linear attention</source>
        <translation>线性注意力</translation>
    </message>
    <message>
        <source>the warm digit, every patch looking at coarse ones</source>
        <translation>暖色数字，每个图像块只看粗略的图像块</translation>
    </message>
    <message>
        <source>multi-scale keys (after PVT)</source>
        <translation>多尺度的键（仿 PVT）</translation>
    </message>
    <message>
        <source>the warm digit, through eight learnt mixtures of all patches</source>
        <translation>暖色数字，通过所有图像块的八种学到的混合</translation>
    </message>
    <message>
        <source>Linformer</source>
        <translation>Linformer</translation>
    </message>
    <message>
        <source>questions about boards of emoji, answered in words</source>
        <translation>关于表情棋盘的问题，用词回答</translation>
    </message>
    <message>
        <source>LLaVA: a picture as tokens in a sentence</source>
        <translation>LLaVA：图片作为句子里的词元</translation>
    </message>
    <message>
        <source>questions about boards of emoji, styles seen</source>
        <translation>关于表情棋盘的问题，见过的画风</translation>
    </message>
    <message>
        <source>a grey picture instead</source>
        <translation>换成灰色图片</translation>
    </message>
</context>
</TS>
