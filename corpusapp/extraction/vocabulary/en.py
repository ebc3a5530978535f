"""English."""

from corpusapp.extraction.vocabulary.words import Vocabulary

ENGLISH = Vocabulary(
    furniture=(
        "home | menu | main menu | search | search icon | close | open | more | show more | see more | load more | view all | see all | view more | all"
        " | skip to content | skip to main content | skip to main navigation | skip to navigation | accessibility links | skip links | jump to content"
        " | privacy policy | privacy | contact us | contact | about us | about | about me | faq | faqs | help | support | careers | jobs | advertise | advertise with us"
        " | facebook | twitter | x | instagram | youtube | linkedin | pinterest | whatsapp | reddit | tiktok | telegram | flipboard | mastodon | bluesky | threads"
        " | rss | rss feed | email | e mail | mail | print | save | pin | tweet | share | shares | share this | share this article | share this post | share this story"
        " | share on facebook | share on twitter | share on linkedin | share on x | share via email | share on whatsapp | copy link | copy url | link copied | like | likes"
        " | like this | like loading | comment | comment share | reply | replies | follow | following | follow us | follow us on | subscribe | subscribed | subscribe now"
        " | sign in | sign up | sign out | log in | login | log out | logout | register | my account | account | create account | join | join us | join now | donate"
        " | newsletter | newsletters | podcasts | podcast | videos | video | photos | gallery | events | resources | company | services | products | solutions | shop"
        " | next | previous | previous next | next post | previous post | next article | previous article | back | back to blog | back to posts | go back | continue"
        " | back to top | top | scroll to top | return to top | to top | loading | loading comments | advertisement | ad | ads | sponsored | advertising | promoted"
        " | read more | learn more | continue reading | read full article | listen | listen to this article | listen now | watch | watch now | play | pause | mute"
        " | terms of use | terms of service | terms conditions | terms and conditions | terms | cookie policy | cookie settings | cookies | sitemap | site map | legal"
        " | all rights reserved | accessibility | disclaimer | copyright | email protected | toggle | toggle caption | toggle navigation | hide caption | caption | enlarge"
        " | edit | edit this post | report | bookmark | bookmarks | add to favorites | download | downloads | download pdf | pdf | font size | text size | a a | status"
        " | table of contents | contents | on this page | in this article | breadcrumb | you are here | english | language | languages | edition | logo | avatar"
        " | get started | get in touch | connect | connect with us | feedback | cart | checkout | checking your browser | notifications | trending | popular | most popular"
        " | archives | archive | categories | category | topics | user s avatar | guest | anonymous | save article | gift article | gift this article | share article | open in app"
        " | view comments | show comments | no comments | 0 comments | start your substack | get the app | discover more | expand | collapse | click to enlarge | text | image caption"
        " | share full article | listen to article | audio | article | articles | news | blog | posts | post | back to news | back to home | press | all news | go to content"
        " | facebooktwitterreddit | facebook twitter | share tweet | twitter facebook | share save | view gallery | zoom | view image in fullscreen | fullscreen | exit fullscreen"
    ),
    furniture_starts=(
        "skip to | share this | share on | share via | share to | sign up for | sign up to | subscribe to | subscribe for | subscribe and | follow us | click here | click to | tap to"
        " | read more about | all rights reserved | copyright | this site uses cookies | we use cookies | by clicking | by continuing | by subscribing | by signing up | by submitting"
        " | your email address | enter your email | required fields | get the latest | get our | get unlimited | advertisement | article continues | story continues | continue reading"
        " | already a subscriber | already a member | to continue reading | log in to | login to | sign in to | please log in | please enable | enable javascript | you need to"
        " | download the app | download our app | join our | join the | add us | open in | opens in | powered by | want to read | support our | support us | become a | filed under"
        " | save this | listen to this | estimated reading | reading time | last modified by | posted in | published in | appeared in | view all | back to | return to | go to | jump to"
        " | purchases made through | we may earn | if you buy | this post may contain | this article contains affiliate | profile picture for | picture of | avatar for | opinions expressed | the opinions expressed | views expressed | the views expressed | headshot of | photo of the author"
    ),
    subjects="crime | courts | movies | tv | television | games | gaming | media | money | markets | companies | style | life | living | fashion | beauty | recipes | cooking | baking | sleep | fitness | wellness | nutrition | family | parenting | relationships | pets | home and garden | garden | gardening | property | real estate | homes | cars | motoring | autos | transport | transportation | space | nature | animals | wildlife | weather | us | u s | us news | uk | uk news | usa | united states | north america | south america | latin america | canada | australia | india | japan | israel | ukraine | russia | new york | london | washington | local news | world news | latest news | breaking news | national news | business news | metro | nation | state | city | cities | region | regional | community | communities | people | obituaries | profiles | profile | perspective | perspectives | viewpoint | viewpoints | point of view | comment | column | columnists | op ed | guest essay | essay | stories | long read | longform | magazine | weekend | sunday review | investigations | fact check | explainer | explainers | in depth | special report | reports | report | press release | press releases | press | publications | announcements | notices | events | case studies | insight | industry news | product | products | product updates | company news | engineering | design | marketing | sales | security news | startups | venture | crypto | apps | gadgets | gear | mobile | hardware | software | ai | artificial intelligence | data | cloud | apple | how to | guides | guide | tutorials | tutorial | tips | buying guides | buyer s guides | deals | best of | lists | quizzes | royals | royal | celebrity | celebrities | celebs | showbiz | gossip | theater | theatre | stage | dance | art | art and design | photography | architecture | poetry | poems | fiction | religion | faith | philosophy | psychology | labor | labour | work | jobs and careers | careers advice | retail | personal finance | investing | stocks | taxes | insurance | banking | oil and gas | industry | manufacturing | agriculture | farming | farm | shipping | aviation | aerospace and defense | military | war | human rights | migration | immigration | elections | congress | parliament | government | courts and law | justice | public health | medicine | coronavirus | covid 19 | football | soccer | cricket | rugby | tennis | golf | nfl | nba | mlb | nhl | baseball | basketball | hockey | cycling | running | boxing | f1 | olympics | horse racing | fishing | outdoors | adventure | destinations | hotels | restaurants | drinks | wine | weird | odd news | offbeat | humor | humour | satire | podcast notes | q a | letters to the editor | diary | notebook | history and culture | ideas | big ideas | debate | debates | discussion | issues | information | featured | front page | premium | health and fitness | economy and business | business and economy | arts and culture | arts and entertainment | culture and arts | food and drink | style and beauty | home and family | books and arts | news and politics | tech and science",
    home="home | homepage | home page | you are here | start | front page | article",
    sections=(
        "news | opinion | opinions | columns | columns and opinions | editorial | editorials | commentary | analysis | politics | world | business | economy | finance | technology | tech"
        " | science | health | culture | arts | sport | sports | travel | food | lifestyle | education | environment | climate | energy | security | foreign policy | society | society and culture"
        " | science and technology | global governance | asia | asia pacific | africa | europe | americas | middle east | china | international | national | local | features | interviews | interview"
        " | reviews | review | books | music | film | entertainment | letters | research | insights | essays | history | law | defence | defense | trade | development"
    ),
    cross_links=(
        "recommend | recommended | recommended for you | recommendations | recommended reading | recommended stories | you might also like | you may also like | you might like | you may like"
        " | you might also be interested in | you may also be interested in | you may be interested in | related | related articles | related posts | related stories | related content | related news | related topics | related reading"
        " | related links | related coverage | related resources | similar posts | similar articles | read next | up next | next up | latest | latest news | latest posts | latest articles | latest stories"
        " | recent posts | recent articles | recent news | recent stories | recent comments | most read | most viewed | most popular | popular posts | popular articles | popular stories | popular now | top stories | trending"
        " | trending now | trending stories | trending topics | more from | more news | more stories | more articles | more like this | more from the web | more on this story | more on this topic | more on this | keep reading | further reading"
        " | also read | read also | see also | don t miss | editor s picks | editors picks | editor s choice | featured | featured articles | featured posts | in other news | explore more | what to read next | other articles"
        " | around the web | from the web | from around the web | sponsored content | promoted content | promoted stories | special reports | more in this section | next article | previous article | post navigation | stories for you | continue exploring"
    ),
    text_ends=(
        "comments | comment | leave a reply | leave a comment | leave a reply cancel reply | leave a comment cancel reply | post a comment | add a comment | join the conversation | join the discussion | join the debate | discussion"
        " | discussion about this post | responses | view comments | what do you think | write a comment | add comment | load comments | show comments | 0 comments | no comments yet | reader comments | be the first to comment"
        " | about the author | about the authors | about author | about the writer | written by | author | share this article | share this post | share this story | share this | share | tags | filed under | labels | topics | categories"
        " | subscribe | subscribe to our newsletter | sign up for our newsletter | newsletter | newsletter sign up | stay informed | stay connected | stay up to date | get the newsletter | follow us | ready for more | back to top | about us | contact us"
        " | quick links | archives | privacy policy | cookie policy | your privacy choices | privacy overview | we value your privacy | manage consent preferences | media contact | media contacts | press contact | disclaimer | copyright | correction policy"
    ),
    comments="comments | comment | reader comments | leave a reply | leave a comment | leave a reply cancel reply | leave a comment cancel reply | post a comment | add a comment | replies | responses | join the conversation | join the discussion | top comments | thoughts on | comments closed | comments are closed | comments section | discussion about this post",
    tags="tags | tag | keywords | key words | labels | topics | filed under | tagged | tagged with | related tags | related topics | more on",
    by="by | written by | posted on by | guide by | feature by | column by | interview and text by | words and photos by | article written by | insights from | authored by | posted by user | guest post by | guest author | a guest post by | blog post by | recipe by | tutorial by | from the desk of | submitted by | commentary from | words by | story by | text by | posted by | published by | article by | report by | analysis by | opinion by | contributed by | reported by | a post by | created by | by author | essay by | commentary by | review by",
    by_colon="author | writer | reporter | journalist | blogger | contributor | byline | authors | author s | words | text | post author",
    other_roles=(
        "translated by = translator | translation by = translator | translator = translator | translation = translator | interview by = interviewer | interviewed by = interviewer | interviewer = interviewer"
        " | edited by = editor | editor = editor | editors = editor | editing by = editor"
        " | reviewed by | medically reviewed by | fact checked by | fact check by | photo by | photos by | photographs by | photography by | image by | images by | illustration by | illustrated by | illustrations by | video by | updated by"
        " | produced by | photo | photos | graphic by | graphics by | art by | additional reporting by | presented by | sponsored by | powered by | hosted by | designed by | music by | directed by | photograph by | picture by | approved by | proofread by"
    ),
    joins="and | with | &",
    name_tails=(
        "follow | following | follow us | subscribe | avatar | profile | bio | contact | email | e mail | share | show more | see more | see bio | read bio | view bio | full bio | view profile | author archive | updated | published | posted"
        " | last updated | date | print | verified | member | online | author | contributor | guest author | guest contributor | staff | opens in a new window | x | twitter | linkedin | facebook | save | listen | reviewed | edited | fact checked | photo | photos | photography | follow on x | add to your saved stories | in | on | for | from | at | via | with | to | and | the"
    ),
    portraits=(
        "picture of | photo of | image of | avatar of | avatar for | avatar image of | headshot of | a headshot of | portrait of | profile picture of | profile picture for | profile picture for user | profile photo of | profile image of | photo of author | author photo of"
        " | profile image for | image for | a photo of | a picture of | author picture of | author avatar of | author image of | user avatar for | author headshot of | photo for | logo of | an image of"
    ),
    portrait_tails="avatar | s avatar | profile picture | s profile picture | profile photo | s profile photo | headshot | s headshot | profile image | profile pic | portrait | s picture | s photo | picture | photo | author photo | bio photo | author image | thumbnail | author headshot | s profile image",
    about=(
        "about | about the author | about author | author | author bio | meet | meet the author | more from | more by | more articles by | more posts by | more stories by | posts by | articles by | stories by | view all posts by | view all articles by | view all by"
        " | see all posts by | see all articles by | see more about | see more from | read more by | read more from | read more about | all posts by | all articles by | latest from | latest by | latest posts by | recent from | recent posts by | follow | contact | guest author"
        " | browse all articles by | view more by | view more from | get | email | other posts by | other articles by | more content by | the author | guest post by | view articles by | read all posts by | subscribe to | read full bio of"
    ),
    biography_verbs="is | was | are | has | writes | wrote | works | worked | covers | covered | joined | reports | serves | served | started | began | lives | leads | runs | founded | specializes | specialises | teaches | studied | studies | edits | directs | holds | creates | enjoys | loves | spent | graduated | became | brings | focuses | oversees | manages | received | earned | co founded | helps",
    posts=(
        "professor | director | editor | fellow | correspondent | reporter | journalist | columnist | writer | contributor | analyst | president | chairman | chair | member | researcher | scholar | ambassador | minister | economist"
        " | lecturer | head | chief | manager | founder | co founder | ceo | cto | partner | consultant | expert | specialist | critic | producer | author | senior | staff | associate | assistant | deputy | secretary | adviser | advisor"
        " | vice | vp | coo | cmo | cfo | cso | counsel | specialist | reviewer | copywriter | developer | blogger | coach | therapist | nutritionist | dietitian | planner | broker | agent | leader | lead | owner | principal | architect | designer | commentator | anchor | host | freelance | freelancer | instructor | educator | teacher | co founder | cofounder | creator | strategist | marketer | advocate | curator | pastor | bishop | rn | bsn | cfp | author"
        " | officer | engineer | scientist | historian | strategist | lawyer | attorney | physician | doctor | engineer | student | intern | bureau | university | institute | centre | center | department | council | committee | editor in chief | school | former"
    ),
    organisations=(
        "the | clinic | hospital | health | college | school | bank | research | labs | lab | studio | studios | solutions | technologies | software | systems | llc | corp | corporation | partners | consulting | marketing | insurance | church | ministries | government | commission | ministry | union | federation | alliance | academy | library | museum | weekly | herald | tribune | gazette | guardian | observer | review | blog | tv | radio | wire | writers | reporters | correspondents | submissions | admissions | insider | news | press | agency | staff | team | desk | editors | editorial | board | magazine | times | post | reuters | afp | associated | bloomberg | xinhua | institute | university | association | foundation | service | network | media | group | newsroom"
        " | council | committee | department | office | admin | administrator | editor | center | centre | society | communications | company | inc | ltd | club | project | bureau | daily | journal | today | online | contributors | collective"
    ),
    no_names=(
        "the | a | an | of | in | on | for | to | with | from | at | is | are | was | how | why | what | when | where | who | this | that | these | your | our | my | you | we | us | read | news | share | more | about | contact | privacy | policy | terms | cookie | sign"
        " | subscribe | newsletter | home | menu | search | login | log | menu | photo | image | picture | video | watch | listen | comments | comment | latest | related | popular | most | top | back | next | new | blog | articles | article | section | sections"
        " | report | reports | story | stories | view | all | get | see | click | download | follow | join | free | best | guide | review | reviews | opinion | politics | business | technology | science | health | world | sports | sport | culture | travel | food"
        " | january | february | march | april | may | june | july | august | september | october | november | december | monday | tuesday | wednesday | thursday | friday | saturday | sunday | minutes | min | read | ago | updated | published | posted | breaking"
        " | key | points | takeaways | introduction | summary | overview | background | conclusion | contents | table | part | chapter | figure | press | release | full | access | open | abstract | image | getty | images | courtesy | credit | credits | not | or | and"
        " | united | states | kingdom | york | south | north | east | west | city | street | avenue | road | university | school | college | data | web | site | online | digital | social | media | market | markets | global | international | national | local"
    ),
    published="published | posted | published on | posted on | date | first published | publication date | published at | on | released | created | issued | date published | release date | publish date | posted at | written on | originally published | published date | aired | written",
    updated="updated | last updated | updated on | last modified | modified | last update | update | last edited | edited | updated at | last updated on | last reviewed | reviewed | revised | date modified | accessed | retrieved | print date",
    months="january/jan | february/feb | march/mar | april/apr | may | june/jun | july/jul | august/aug | september/sep/sept | october/oct | november/nov | december/dec",
    weekdays="monday/mon | tuesday/tue/tues | wednesday/wed | thursday/thu/thur/thurs | friday/fri | saturday/sat | sunday/sun",
    date_glue="at | on | the | date | time | local time | issue | am | pm | est | edt | gmt | utc | et | pt | ist | bst | cst | pst | hrs | hours | of",
    views="views | view | reads | hits | page views | pageviews | view count | times read",
    reading_time="min read | minute read | minutes read | mins read | min | minutes | minute | mins | reading time | read time | read | estimated reading time",
    alts="image | photo | picture | img | thumbnail | featured image | placeholder | cover image | hero image | article image | main image | post image | icon | share icon | avatar | logo | default image | no image | blank",
    captions="photo | photos | image | images | picture | credit | photo credit | image credit | illustration | file photo | chart | graphic | caption | photograph | source photo | video | figure | map | image source | photo by | image by | photograph by | courtesy | cover photo | above | pictured | screenshot",
    sources="source | via | courtesy of | original source",
    first_published="originally published in | originally published on | originally published at | originally published by | originally appeared in | originally appeared on | originally appeared at | first published in | first published on | first published by | first published at | first appeared in | first appeared on | first appeared at | republished from | reprinted from | republished with permission from | reprinted with permission from | reproduced with permission from | cross posted from | this story was produced by",
    source_addresses="original link | original article | original url | source url | read the original | original source | url",
    no_sources="original | supplied | unknown | staff | internet | various | the author | author | own | website | n a",
    labels="author | by | editor | date | published | updated | views | tags | comments | photo | credit",
    public="publish | published | public | live | online | visible",
    yes="true | yes | y | t | on | 1",
    no="false | no | n | f | off | 0",
)
